package job

import (
	"regexp"
	"slices"
	"strconv"
)

// formats are those that customers can be published in.
var formats = []string{"parquet", "csv"}

// readOutput reads where and how results are written.
func readOutput(s *section, j *Job) {
	out := &j.Output
	in := s.section("output")
	in.text("dir", &out.Dir)
	if items, given := in.items("formats", "a list of "+alternatives(formats)); given {
		out.Formats = readFormats(in, items)
	}
	readLanguage(in, &out.Language)
	choice(in, "csv", "kind of CSV", &out.CSV, MachineCSV, SpreadsheetCSV)
	choice(in, "rejects", "choice of rejects", &out.Rejects, FaultyRejects, AllRejects)
	readRankBy(in, j, &out.RankBy)
	out.Columns = readOutputColumns(in, j)
	in.truth("purchases", &out.Purchases)
	in.truth("report", &out.Report)
	in.nights("keep", &out.Keep)
	readOutputTable(in, out)
	in.done()
}

// tableOfSchema is a table's name with those of its catalogue and its schema.
var tableOfSchema = regexp.MustCompile(`^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_]+){2}$`)

// readOutputTable reads where customers are shown on the cluster.
func readOutputTable(s *section, out *Output) {
	if s.text("table", &out.Table); out.Table == "" {
		return
	}
	switch {
	case !s.onSpark:
		s.fail("table", "is made by the cluster that reads the exports; give engine: {spark: URL, stage: PATH}, or leave table out")
	case !tableOfSchema.MatchString(out.Table):
		s.fail("table", "%s is no name of a table; want catalog.schema.table, of letters, digits and _, such as spark_catalog.crm.customers", quoted(out.Table))
	case !slices.Contains(out.Formats, "parquet"):
		s.fail("table", "is made of customers.parquet; add parquet to output.formats")
	}
}

// languages are those that a publication can be written in.
var languages = []string{"en", "zh"}

// otherNames are what people call these languages.
var otherNames = map[string]string{
	"cn": "zh", "zh-cn": "zh", "zh-hans": "zh", "zh-tw": "zh", "chinese": "zh", "chn": "zh", "zho": "zh", "中文": "zh", "汉语": "zh",
	"us": "en", "uk": "en", "gb": "en", "en-us": "en", "en-gb": "en", "eng": "en", "english": "en", "英文": "en", "英语": "en",
}

// readLanguage reads the language of what people read.
func readLanguage(s *section, into *string) {
	if v := s.value("language"); v != nil && v.kind == scalar {
		if meant, ok := otherNames[folded(v.text)]; ok {
			s.fail("language", "unknown language %s; write language: %s", quoted(v.text), meant)
			return
		}
	}
	choice(s, "language", "language", into, languages...)
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

// ofOutput says where a key of output belongs that stands at the top of the file.
func ofOutput(e entry) (say string, ok bool) {
	if e.value.kind != scalar || !slices.Contains([]string{"dir", "language", "csv", "rejects", "rank_by", "purchases", "report", "keep"}, e.key) {
		return "", false
	}
	value := e.value.text
	if meant, ok := otherNames[folded(value)]; ok && e.key == "language" {
		value = meant
	}
	return "it stands under output; write output: {" + e.key + ": " + value + "}", true
}
