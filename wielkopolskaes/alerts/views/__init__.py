"""The pages of alerts: asking, managing, the desk's."""
