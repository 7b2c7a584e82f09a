package job

import "strconv"

// readResponses reads which files say what became of contacts.
func readResponses(s *section) (out []Responses) {
	items, _ := s.items("responses", "a list of files that say what became of contacts, each with path and columns")
	for i, item := range items {
		in := newSection(s.reader, join(s.key("responses"), strconv.Itoa(i)), item, item.at, "a mapping with path and columns")
		out = append(out, readResponse(in))
	}
	return out
}

// readResponse reads one set of files. They are read as exports are: a key means what it
// means of a source.
func readResponse(s *section) Responses {
	of := DefaultSource()
	out := Responses{Encoding: of.Encoding, Malformed: of.Malformed, Dates: of.Dates, At: s.at, places: map[string]Position{}}
	s.node.places("", out.places)
	s.required("path", "the file, glob or directory of the responses", &out.Path)
	refuseURL(s, "path", out.Path)
	choice(s, "format", "format", &out.Format, Formats...)
	s.text("records", &out.Records)
	s.text("sheet", &out.Sheet)
	out.Columns = readResponseColumns(s)
	readZone(s, &out.Timezone)
	s.text("where", &out.Where)
	readEncoding(s, &out.Encoding)
	s.share("malformed", &out.Malformed)
	readDates(s, &out.Dates)
	s.done()
	return out
}

func readResponseColumns(s *section) (out ResponseColumns) {
	if s.broken {
		return out
	}
	c := s.section("columns")
	c.required("customer", "the column, or SQL expression, that tells whose response it is", &out.Customer)
	c.text("campaign", &out.Campaign)
	c.text("channel", &out.Channel)
	out.Time, out.Clock = readTime(c)
	c.required("event", "the column, or SQL expression, that tells what happened: sent, opened, unsubscribed; 'sent' in quotes where all rows are of one kind", &out.Event)
	c.done()
	return out
}
