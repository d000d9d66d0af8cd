"""How a page can be shown: the widths, text sizes and colours that a reader may have."""

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}


def choose(profile, portal, look):
    """Make the reader's choice beforehand, as the switches keep it."""
    profile.add_cookies([{"name": "wyglad", "value": look, "url": portal}])


def wear_contrast(tab):
    """Show the open page in black and yellow, as the server would send it."""
    tab.evaluate("document.documentElement.dataset.contrast = 'high'")


def wear_text(tab, size):
    """Show the open page with the text as large as the server would send it: "", large, larger."""
    tab.evaluate("size => document.documentElement.dataset.text = size", size)
