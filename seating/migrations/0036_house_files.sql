-- The house file as it was when it was last loaded: only a file that has changed since is loaded
-- again, whatever was published in between.
alter table venue add column file_checksum text;
update venue v set file_checksum = h.checksum
from house h where h.venue_id = v.venue_id and h.version = v.house_version;

-- A period that a house file no longer served was closed for good, also when a later file served it
-- again. A period is closed when it is over, never before.
update period set served = false, closed_at = null where closed_at < closes;
