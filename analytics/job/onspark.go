package job

import (
	"strconv"
	"strings"
)

// notOnSpark is said of a key that asks for what is done only where this program reads the
// exports itself.
const notOnSpark = "is not done on Spark in this version; see docs/scale.md for what is, and let the export or a view of it do this"

// refuseOnSpark refuses what a job asks for that a cluster is not asked to do.
func refuseOnSpark(s *section, j *Job) {
	if !j.Engine.OnSpark() {
		return
	}
	for _, one := range []struct {
		key   string
		asked bool
	}{
		{"identity", j.Identity != nil}, {"hierarchy", j.Hierarchy != nil},
	} {
		if one.asked {
			s.fail(one.key, notOnSpark)
		}
	}
	for i, of := range j.Sources {
		of.refuseOnSpark(s.reader, "sources."+strconv.Itoa(i)+".")
	}
}

// refuseOnSpark is the same of a source. root is what its keys begin with.
func (s Source) refuseOnSpark(r *reader, root string) {
	c := s.Columns
	for _, one := range []struct {
		key   string
		asked bool
	}{
		{"sheet", s.Sheet != ""},
		{"records", s.Records != ""},
		{"fill_down", len(s.FillDown) > 0},
		{"format", s.Format == XLSX || s.Format == Arrow},
		{"encoding", s.Encoding != AutoEncoding && s.Encoding != "utf-8"},
		{"amount_is", s.AmountIs == OrderAmount},
		{"columns.time.1", c.Clock != ""},
		{"columns.parent", c.Parent != ""},
		{"columns.keys", len(c.Keys) > 0},
		{"columns.refund", c.Refund != ""},
		{"columns.refund_time", c.RefundTime != ""},
	} {
		if one.asked {
			r.report(s.Position(one.key), root+one.key, notOnSpark)
		}
	}
	if s.Format == "" && s.Table == "" {
		if format := unreadOnSpark(s.Path); format != "" {
			r.report(s.Position("path"), root+"path", "%s ends as files in %s do, which Spark does not read; export CSV, JSON or Parquet, or say with format what it is", quoted(s.Path), format)
		}
	}
}

// unreadOnSpark is the format that a path names by its ending and that the cluster does not read;
// empty: it reads it, or the files alone tell.
func unreadOnSpark(path string) string {
	format, _ := FormatOf(path)
	switch {
	case format == XLSX, format == Arrow:
		return string(format)
	case format == Parquet && UncompressedName(path) != strings.ToLower(path):
		return "compressed parquet" // the compression of Parquet is within
	}
	return ""
}
