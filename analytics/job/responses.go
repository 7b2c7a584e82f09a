package job

import (
	"encoding/json"
	"maps"
	"strconv"
)

// Responses are files that say what became of contacts.
type Responses struct {
	Path    string          `json:"path"`              // file, glob or directory, as written
	Format  Format          `json:"format,omitempty"`  // empty: by extension
	Records string          `json:"records,omitempty"` // where in JSON the list of rows stands; empty: found
	Sheet   string          `json:"sheet,omitempty"`   // of a workbook; empty: the only one with rows
	Columns ResponseColumns `json:"columns"`
	// Timezone is the zone of times that name no zone; empty: the job's.
	Timezone  string  `json:"timezone,omitempty"`
	Where     string  `json:"where,omitempty"` // SQL condition: rows that do not match are set aside
	Encoding  string  `json:"encoding"`        // of text files, as package charset names it
	Malformed float64 `json:"malformed"`       // share of a file's lines, at most, that may be malformed
	Dates     Dates   `json:"dates"`           // how times are written

	// At is where they stand in the job file, and places where each of their values does.
	At     Position `json:"-"`
	places map[string]Position
}

// ResponseColumns maps what is read of a response to the columns of its file: each is the
// name of one or a SQL expression over them. Empty means not mapped.
type ResponseColumns struct {
	Customer string `json:"customer"`
	Campaign string `json:"campaign,omitempty"`
	Channel  string `json:"channel,omitempty"`
	Time     string `json:"time"`
	Clock    string `json:"-"` // where time is a list of two, a date and a clock
	Event    string `json:"event"`
}

// The labels under which responses are read; see [Responses.Source].
const (
	ResponseCampaign = "campaign"
	ResponseChannel  = "channel"
	ResponseEvent    = "event"
)

// Source is how the files are read: as exports are, with a row's campaign, channel and event
// as labels. number is the place of the responses in the job file.
func (r Responses) Source(number int) Source {
	s := DefaultSource()
	s.Path, s.Format, s.Records, s.Sheet, s.Timezone, s.Where = r.Path, r.Format, r.Records, r.Sheet, r.Timezone, r.Where
	s.Encoding, s.Malformed, s.Dates, s.Duplicates = r.Encoding, r.Malformed, r.Dates, KeepDuplicates
	s.Columns = Columns{Customer: r.Columns.Customer, Time: r.Columns.Time, Clock: r.Columns.Clock, Amount: "1", Channel: r.Columns.Channel} // a response is no money
	s.Columns.Attributes = map[string]string{ResponseEvent: r.Columns.Event}
	s.root = activationKey + ".responses." + strconv.Itoa(number)
	s.At, s.places = r.At, maps.Clone(r.places)
	if r.Columns.Campaign != "" {
		s.Columns.Attributes[ResponseCampaign] = r.Columns.Campaign
	}
	return s
}

// MarshalJSON writes a date and a clock as they are given.
func (c ResponseColumns) MarshalJSON() ([]byte, error) {
	type plain ResponseColumns
	if c.Clock == "" {
		return json.Marshal(plain(c))
	}
	return json.Marshal(struct {
		plain
		Time []string `json:"time"`
	}{plain(c), []string{c.Time, c.Clock}})
}
