"""The pages of this room: the queue, the review of one agreement, and what was decided."""
