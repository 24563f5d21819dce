"""Pieces of HTML: nothing that is shown can become markup, and no colour is set."""

from __future__ import annotations

from culturesim import markup


def test_text_stays_text() -> None:
    shown = markup.block(
        markup.head("<b>", "a & b"),
        markup.text("<script>"),
        markup.small("1 < 2"),
        markup.table(("<x>", "y"), [("<td>", "&")], right=("y",)),
        markup.image(b"png", 'a "figure"'),
    )
    for raw in ("<script>", "<x>", "a & b", '"figure"'):
        assert raw not in shown
    assert "&lt;script&gt;" in shown
    assert shown.count("<td ") == 2


def test_no_colour_is_set() -> None:
    shown = markup.block(
        markup.head("a", "b"), markup.text("c"), markup.table(("x",), [("y",)]), markup.small("d")
    )
    assert "color" not in shown
    assert "background" not in shown


def test_columns_of_numbers_stand_to_the_right() -> None:
    shown = markup.table(("name", "value"), [("a", "1")], right=("value",))
    assert f'<td style="{markup.RIGHT}">1</td>' in shown
    assert f'<td style="{markup.LEFT}">a</td>' in shown
