"""Plays the users of the leak test; run by 'lab shell', never by Odoo's own processes."""
