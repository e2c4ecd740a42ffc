"""What strangers reach: booking pages, captcha, deposits."""
