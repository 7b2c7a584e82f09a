// Package cache keeps, from one night to the next, what was read of files that do not
// change.
//
// A [Folder] holds entries. The name of an entry is its [Key]: the fingerprint of a file,
// and that of everything else that what is kept depends on. So an entry is never brought
// up to date: where anything changes the key is another, and the entry of the old key is
// not found. An entry is data, which whoever keeps it writes, and a manifest with the
// fingerprints of the data and with facts. An entry that is not as its manifest says is
// removed, and its file is read again.
//
//	Open -> Find, or Begin and Draft.Keep -> Finish, or Close where the run fails
//
// Entries hold customers' data: only this user can look into the folder, and an entry whose
// file is in no export of tonight is removed tonight. A run that fails removes it only where a run
// that failed half a day before did not have the file either. Several runs may use a folder at
// once: files are written beside and renamed, and nothing is removed while another run is at work.
//
// The package knows no job, no ledger and no engine.
package cache
