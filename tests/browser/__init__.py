"""What a person sees and does, in the machine's own Chromium, before the real demo."""
