package simulate

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// ContactColumns are the columns that ReadContacts reads; lists may have others.
func ContactColumns() []string {
	return []string{"customer_id", "campaign", "channel", "from", "until"}
}

// ReadContacts reads contacts from CSV with a header, such as a list of a publication. name
// is what faults call the file.
func ReadContacts(r io.Reader, name string) ([]Contact, error) {
	records := csv.NewReader(r)
	header, err := records.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var at []int
	for _, column := range ContactColumns() {
		i := slices.Index(header, column)
		if i < 0 {
			return nil, fmt.Errorf("%s:1: no column %s; a list of contacts has %v", name, column, ContactColumns())
		}
		at = append(at, i)
	}
	var contacts []Contact
	for {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			return contacts, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c := Contact{Customer: record[at[0]], Campaign: record[at[1]], Channel: record[at[2]]}
		for i, into := range []*time.Time{&c.From, &c.Until} {
			column := at[3+i]
			if *into, err = time.Parse(dateLayout, record[column]); err != nil {
				line, col := records.FieldPos(column)
				return nil, fmt.Errorf("%s:%d:%d: %s: %q is not a day such as 2026-06-30", name, line, col, header[column], record[column])
			}
		}
		contacts = append(contacts, c)
	}
}
