// Package feeds writes a night in the shapes that engines take: profiles of customers,
// changes of tier and lists of contacts.
//
// In come a publication, which may still be staged, and what the job file asks for ([Feed]).
// Out come files of bytes: CSV, or JSON with one request on each line. A shape is data
// (package shapes); here is how any of them is written.
//
//	write.go      which files a feed has
//	rows.go       profiles, tiers and lists, as rows of ids and cells
//	requests.go   rows as requests in JSON
//	table.go      rows as CSV
//
// Files are for programs: whatever output.csv says, no text is guarded. The same night gives
// the same bytes, and a row that is sent twice sets the same values twice.
package feeds
