"""What the doctor looks at: each check is a generator of findings and changes nothing."""
