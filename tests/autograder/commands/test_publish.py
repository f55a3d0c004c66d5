"""A page over all lectures goes to students once all of them have been published."""

from autograder.commands.publish import publish_index


def test_points_of_a_lecture_that_is_not_published_stay_here(tmp_path):
    own, back = tmp_path / "feedback" / "ada", tmp_path / "back" / "ada"
    for place in (own / "lecture3", own / "lecture4", back / "lecture3"):
        place.mkdir(parents=True)
    (own / "index.html").write_text("both lectures")
    publish_index(own, back)
    assert not (back / "index.html").exists()
    (back / "lecture4").mkdir()
    publish_index(own, back)
    assert (back / "index.html").read_text() == "both lectures"
