"""Texts that correct an earlier amount."""

import pytest

from .told import ENGLISH, corrections, pairs

FOUNDRY = [("Fonderie du Lac", 2_300_000, 2_800_000)]


@pytest.mark.parametrize(
    "words",
    [
        "Rectificatif : le montant accordé à la Fonderie du Lac est de 2,8 M$ et non de 2,3 M$.",
        "Une erreur s'est glissée : la Fonderie du Lac reçoit 2,8 M$ au lieu de 2,3 M$.",
        "Erratum. L'aide accordée à la Fonderie du Lac n'est pas de 2,3 M$ ; il fallait lire 2,8 M$.",
        "L'aide accordée à la Fonderie du Lac a été corrigée de 2,3 M$ à 2,8 M$.",
    ],
)
def test_what_was_said_and_what_is_right_are_told_apart(words):
    assert corrections(words) == FOUNDRY


def test_an_english_correction_is_read_alike():
    words = "Correction: the grant to Harbour Works should have read $2.8 million instead of $2.3 million."
    assert corrections(words, ENGLISH) == [("Harbour Works", 2_300_000, 2_800_000)]


def test_the_amount_that_was_wrong_is_no_grant():
    words = "Une erreur s'est glissée : la Fonderie du Lac reçoit 2,8 M$ au lieu de 2,3 M$."
    assert pairs(words) == [("Fonderie du Lac", 2_800_000)]


def test_a_text_that_corrects_nothing_has_no_corrections():
    assert corrections("La Fonderie du Lac reçoit 2,8 M$ et non un prêt.") == []
