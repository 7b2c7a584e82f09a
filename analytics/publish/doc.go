// Package publish puts a night's results in place, whole or not at all.
//
// In: Arrow batches of result rows, other files' bytes, and the manifest.
// Out: the folder <dir>/<name>/<as_of>/ and the link <dir>/<name>/latest.
//
//	batches -> WriteCSV, WriteParquet -> File -> Staging -> Commit -> <as_of>/
//
// # Order of events
//
// [Begin] takes the job's lock, mends what a killed run left, and opens the
// hidden folder .staging-<as_of> beside the final one, on the same file
// system. Every [File] is synced to disk as it is closed. [Staging.Commit]
// writes run.json, then _SUCCESS, syncs the folder, moves it to its final name
// in one step, and repoints latest.
//
// # What readers may rely on
//
// A path through <as_of> or latest leads, at every instant and after a kill or
// a power cut at any instant, to a whole publication: the old or the new one.
// A night that is published again changes places with its predecessor by
// renameat2(RENAME_EXCHANGE), and only then is the predecessor removed, its
// _SUCCESS first. A program that keeps the folder itself open across files can
// thus tell that it holds a replaced night: _SUCCESS has gone.
//
// Some file systems (certain network and FUSE mounts) and systems other than
// Linux cannot exchange two folders. There a night that is published again is
// moved in two steps, by way of .replaced-<as_of>, and for the moment between
// them its name is missing. A run killed in that moment is undone by the next
// [Begin]. First publications of a night take one step everywhere.
//
// # Older nights
//
// Where so many nights are to be kept, [Staging.Commit] moves those beyond to
// .retired-<as_of>, in one step each, and then removes them. What a killed run leaves
// of them goes with the next [Begin].
//
// # Links
//
// The output folder, and the job's folder in it, may be links: publications go to
// where they lead. So may a night, as one that was moved to another disk. Nothing
// below such a link is ever removed, renamed or repaired: when that night is
// published again, the new folder takes the link's place, and what the link led to
// stays as it was. The lock is no link.
//
// # Permissions
//
// Folders are created with mode 0755 and files with 0644, both narrowed by the
// umask: run under umask 077 to keep customer data to one user.
package publish
