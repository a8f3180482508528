"""Press releases in the editors' door: paste one, look its draft over beside its words, file it."""
