package job

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/publication/column"
)

// readSources reads the exports; there must be one.
func readSources(s *section) []Source {
	items, given := s.items("sources", "a list of exports, each with path and columns")
	if !given {
		s.missing("sources", "a list of exports, each with path and columns")
	}
	var out []Source
	for i, item := range items {
		path := join(s.key("sources"), strconv.Itoa(i))
		out = append(out, readSource(newSection(s.reader, path, item, item.at, "a mapping with path and columns")))
	}
	return out
}

// readSource reads one set of exports.
func readSource(s *section) Source {
	out := DefaultSource()
	out.At, out.places = s.at, map[string]Position{}
	s.node.places("", out.places)
	out.comments = s.commentsBehind(out.places)
	s.text("name", &out.Name)
	if strings.Contains(out.Name, ";") {
		s.fail("name", "%s has a semicolon, which stands between names in customers; choose another", quoted(out.Name))
	}
	readPlace(s, &out)
	choice(s, "format", "format", &out.Format, Formats...)
	readZone(s, &out.Timezone)
	s.text("records", &out.Records)
	s.text("sheet", &out.Sheet)
	out.Columns = readColumns(s)
	out.Join = readJoins(s)
	s.text("where", &out.Where)
	s.text("returns", &out.Returns)
	readEncoding(s, &out.Encoding)
	out.FillDown = readFillDown(s, out.Columns)
	s.share("malformed", &out.Malformed)
	choice(s, "duplicates", "rule", &out.Duplicates, WarnOfDuplicates, DropDuplicates, KeepDuplicates)
	readNumbers(s, &out.Numbers)
	readDates(s, &out.Dates)
	readLineRules(s, &out.LineRules, out.Columns)
	s.done()
	return out
}

// readPlace reads where the rows are: in files or, on a cluster, in a table.
func readPlace(s *section, out *Source) {
	s.text("table", &out.Table)
	if out.Table == "" {
		s.required("path", "the file, glob or directory of the export", &out.Path)
		refuseURL(s, "path", out.Path)
		return
	}
	if !s.onSpark {
		s.fail("table", "is read on Spark alone; give the path of files, or engine: {spark: URL, stage: PATH}")
	}
	if s.value("path") != nil {
		s.fail("path", "stands beside table; a source is either files or a table")
	}
	if out.Path = out.Table; !tableName.MatchString(out.Table) {
		s.fail("table", "%s is no name of a table; want letters, digits, _ and -, in parts with dots between them, such as catalog.schema.table", quoted(out.Table))
	}
}

// tableName is a name of a table of a catalogue, with the names of what it is in.
var tableName = regexp.MustCompile(`^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+){0,3}$`)

// MarshalJSON gives the settings of a source as the job file has them.
func (s Source) MarshalJSON() ([]byte, error) {
	type plain Source
	if s.Table != "" {
		s.Path = ""
	}
	return json.Marshal(plain(s))
}

// url is how a path on another machine begins.
var url = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+://`)

// refuseURL refuses to read over the network: a nightly job should not depend
// on a download half done. A cluster reads what it can reach.
func refuseURL(s *section, key, path string) {
	scheme := url.FindString(path)
	switch {
	case scheme == "":
	case s.onSpark && slices.Contains(clusterSchemes, scheme):
	case s.onSpark:
		s.fail(key, "%s is not read by the cluster; want a path, or one that begins with %s", scheme, alternatives(clusterSchemes))
	default:
		s.fail(key, "%s is not read in this version; download the export first and give the path of the file", scheme)
	}
}

// clusterSchemes begin the paths that Spark reads.
var clusterSchemes = []string{"file://", "s3a://", "gs://", "abfss://", "hdfs://"}

// readColumns reads how the export's columns map to ours.
func readColumns(s *section) Columns {
	var out Columns
	if s.broken {
		return out
	}
	c := s.section("columns")
	c.required("customer", "the column, or SQL expression, that tells whose transaction it is", &out.Customer)
	c.text("order", &out.Order)
	out.Time, out.Clock = readTime(c)
	c.required("amount", "the column, or SQL expression, with the money of the row", &out.Amount)
	c.text("product", &out.Product)
	c.text("category", &out.Category)
	c.text("quantity", &out.Quantity)
	c.text("channel", &out.Channel)
	c.text("region", &out.Region)
	c.text("cost", &out.Cost)
	c.text("list_price", &out.ListPrice)
	c.text("currency", &out.Currency)
	c.text("referrer", &out.Referrer)
	c.text("parent", &out.Parent)
	c.text("consent", &out.Consent)
	c.text("provenance", &out.Provenance)
	readReturnColumns(c, &out.ReturnColumns)
	out.Keys = readKeys(c)
	out.Attributes = readAttributes(c)
	c.done()
	return out
}

// attributeName is a name that needs no quoting in SQL, CSV or a spreadsheet.
var attributeName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// isPublished tells whether a publication has a column of its own of that name, or of
// what sources map themselves: an attribute of the same name would hide it.
func isPublished(name string) bool {
	_, is := column.Named(column.Customers, name)
	return is || name == "channel" || name == "region"
}

// mapped are the columns that a source maps itself.
var mapped = []string{"customer", "order", "time", "amount", "cost", "currency", "category", "product"}

// readAttributes reads the columns that are carried through under the user's
// own names; nil where there are none.
func readAttributes(columns *section) map[string]string {
	s := columns.section("attributes")
	if s.node == nil {
		return nil
	}
	var out map[string]string
	for _, e := range s.node.entries {
		switch {
		case !attributeName.MatchString(e.key):
			s.report(e.at, s.path, "%s is not a name for an attribute; want small letters, digits and _, beginning with a letter", quoted(e.key))
		case slices.Contains(mapped, e.key):
			s.report(e.at, s.path, "%s is a column that every source may map; map it beside attributes, or choose another name", quoted(e.key))
		case isPublished(e.key):
			s.report(e.at, s.path, "%s is a column of every publication; choose another name", quoted(e.key))
		}
		var column string
		s.required(e.key, "the column, or SQL expression, of the attribute", &column)
		if out == nil {
			out = map[string]string{}
		}
		out[e.key] = column
	}
	return out
}
