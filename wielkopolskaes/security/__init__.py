"""Who may do what, and what no stranger gets past: permissions, policy, edge of the portal."""
