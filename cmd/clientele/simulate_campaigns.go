package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"clientele/simulate"
)

// campaignFlags are the flags about contacts of campaigns.
type campaignFlags struct {
	contacts            []string // patterns of lists
	effects             []string
	responses, outcomes string
}

// layCampaigns lays contacts and effects over the options. The complaints are about what the
// flags could not be read as.
func (f campaignFlags) layCampaigns(base *simulate.Options) []error {
	var wrong []error
	for _, text := range f.effects {
		e, err := simulate.ParseEffect(text)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("--effect: %w", err))
		}
		base.Effects = append(base.Effects, e)
	}
	if len(f.contacts) == 0 {
		for _, of := range []struct {
			flag  string
			given bool
		}{{"effect", len(f.effects) > 0}, {"responses", f.responses != ""}, {"outcomes", f.outcomes != ""}} {
			if of.given {
				wrong = append(wrong, fmt.Errorf("--%s: nobody is contacted; give the lists with --contacts", of.flag))
			}
		}
	}
	return wrong
}

// readContacts reads all lists that the patterns name.
func (f campaignFlags) readContacts() ([]simulate.Contact, error) {
	var contacts []simulate.Contact
	for _, pattern := range f.contacts {
		names, err := filepath.Glob(pattern)
		switch {
		case err != nil:
			return nil, fmt.Errorf("--contacts: %q: %w", pattern, err)
		case len(names) == 0:
			return nil, fmt.Errorf("--contacts: no file is called %q; a run writes lists to PUBLICATION/lists/CHANNEL.csv", pattern)
		}
		for _, name := range names {
			more, err := readList(name)
			if err != nil {
				return nil, err
			}
			contacts = append(contacts, more...)
		}
	}
	return contacts, nil
}

// readList reads the contacts of one list.
func readList(name string) (_ []simulate.Contact, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return simulate.ReadContacts(f, name)
}

// writeOutcomes writes what engines would report, and what is true of contacts.
func (f campaignFlags) writeOutcomes(outcomes []simulate.Outcome) error {
	for _, table := range []struct {
		name  string
		write func(io.Writer, []simulate.Outcome) error
	}{{f.responses, simulate.WriteResponses}, {f.outcomes, simulate.WriteOutcomes}} {
		if table.name == "" {
			continue
		}
		if err := writeTo(table.name, nil, func(w io.Writer) error { return table.write(w, outcomes) }); err != nil {
			return err
		}
	}
	return nil
}
