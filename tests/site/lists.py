"""What the page of a narrowed list shows."""


def titles(answer):
    return [link.get_text().replace("\xa0", " ") for link in answer.html.select(".hit h2 a")]


def counts(answer, parameter):
    """Give each choice its number."""
    return {
        box["value"]: int(box.find_parent("label").select_one(".n").get_text())
        for box in answer.html.select(f"input[name={parameter}]")
    }
