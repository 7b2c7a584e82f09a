// Package draft drafts a job file for exports that nobody has described.
//
// In comes what the files look like ([ledger.Look]); out come decisions, each
// with its reason, how sure it is and what else it could have been, and the job
// file that they make:
//
//	look -> profile of each column -> a known kind of export, by its headers (kinds/*.yaml)
//	                               or roles by name and content (words, roles)
//	     -> which file joins which (joins) -> statuses (status) -> write
//
// It reads no file and asks nobody. What cannot be decided, and without which a
// job could not run, is a [Question].
package draft
