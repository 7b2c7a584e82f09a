// Package interests is the stage that finds what customers have lost interest in.
//
// In come who bought what, before and since (customers.Interests), and the named segments.
// Out come the findings, one for each interest that is lost or has switched to another
// thing (interests.csv), which categories lose which segments (interests_by_segment.csv),
// which categories segments buy more than others (segment_categories.csv), and for each customer the categories lost. The tests are those of package
// segment/interest. The next night remembers nothing of them.
package interests
