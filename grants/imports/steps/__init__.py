"""An import step by step, in sets: its file kept, its rows staged, matched, checked, judged, written, taken back.

Those who bring sheets in need `files` (the file kept), `running` (the steps), `preview` and `deciding` (what would
come of it, what staff say of names) and `undoing.foresee`. The order of a reading: `staging`, `matching`, `identity`,
`checking` with `rules`, `verdicts`; that of a writing: `second_look`, `applying`, `indexing`.
"""
