"""Takes uploads in: of a file that is larger than any that is kept, the rest is not even stored for a moment."""

from django.core.files.uploadhandler import FileUploadHandler

from partnerships.attachments.types import LARGEST


class UpToTheLargest(FileUploadHandler):
    """Stands before the handlers that store, and hands them no more than one part beyond the limit."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The part as it is, or nothing once there is more than may be kept."""
        return raw_data if start <= LARGEST else None

    def file_complete(self, file_size: int) -> None:
        """The handlers behind it make the file."""
