// Package report writes the page of a night, report.html: one file that opens anywhere, with
// all that a manager, a marketer and an analyst first ask of it.
//
//	publication, the one before -> Of -> Page -> Write -> HTML
//
// [Of] finds out all that the page says, as a plain struct; the templates only lay it out.
//
//	page.go      the Page and its sections
//	table.go     a table as people read it, and how numbers are written
//	reading.go   what is read of both publications, once for all sections
//	night.go     the night in five sentences, and what to do next
//	worth.go     customer equity
//	slipping.go  who is slipping
//	stages.go    the stages of the relationship, from the last run to this
//	segments.go  segments, with where.go: region and channel
//	tiers.go     the loyalty programme, with rising.go: who is close to the next tier
//	campaigns.go whom the shop contacts, with effects.go: what campaigns bring
//	revenue.go   where revenue comes from, and who buys again
//	cohorts.go   customers by month of first purchase
//	interests.go lost interests
//	model.go     what the models foretold, and what came
//	books.go     what was read and what became of it
//	pictures.go  the pictures of analytics/pictures, in two widths, with their tables
//	periods.go   lengths of time of the settings
//	html.go      the templates, and what they may call
//
// Nothing else than publications is read, and no clock: the same publications give the same
// bytes. A section whose stage is off is left out, and the page says so in a line.
//
// # Who is named
//
// Customers are named by their ids, and only those whom a list of the publication names:
// at_risk.csv and tiers_warnings.csv, which leave out who may not be contacted, as rising.go
// does. Rows that
// were set aside are shown without what they hold, only the kinds of characters.
package report
