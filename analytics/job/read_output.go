package job

import (
	"slices"
	"strconv"
)

// formats are those that customers can be published in.
var formats = []string{"parquet", "csv"}

// readOutput reads where and how results are written.
func readOutput(s *section, out *Output) {
	in := s.section("output")
	in.text("dir", &out.Dir)
	if items, given := in.items("formats", "a list of "+alternatives(formats)); given {
		out.Formats = readFormats(in, items)
	}
	choice(in, "language", "language", &out.Language, "en", "zh")
	choice(in, "csv", "kind of CSV", &out.CSV, MachineCSV, SpreadsheetCSV)
	choice(in, "rejects", "choice of rejects", &out.Rejects, FaultyRejects, AllRejects)
	in.done()
}

// readFormats reads which formats are written, each once.
func readFormats(s *section, items []*node) []string {
	var out []string
	for i, item := range items {
		path := join(s.key("formats"), strconv.Itoa(i))
		switch {
		case item.kind != scalar:
			s.report(item.at, path, "%s is not a format; want %s", item, alternatives(formats))
		case !slices.Contains(formats, item.text):
			s.report(item.at, path, "%s", unknown("format", item.text, formats))
		case slices.Contains(out, item.text):
			s.report(item.at, path, "%s is listed twice; keep one", item.text)
		default:
			out = append(out, item.text)
		}
	}
	return out
}
