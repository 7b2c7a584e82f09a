package analytics

import (
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/consent"
	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/persons"
	"clientele/analytics/publication"
	"clientele/internal/forest"
)

// signs collects what is said beside customers' rows, as the reduce hands it over.
type signs struct {
	names    []string // of the sources, as customers has them; nil: one source
	seen     []string // by customer: the sources that know them
	consent  *consent.Records
	referred []referred // nil: no source says
}

// referred is a customer and the id of who brought them.
type referred struct {
	customer int
	referrer string
	day      int32
}

// askSigns adds to a request what the job and its sources ask for.
func askSigns(j *job.Job, plan *ledger.Plan, r *customers.Request) *signs {
	s := &signs{}
	if len(j.Sources) > 1 {
		s.names = sourceNames(j.Sources)
		r.Signs = append(r.Signs, customers.Sign{Column: customers.SourceColumn, See: s.seeSource})
	}
	if j.Consent != nil {
		s.consent = consent.NewRecords(*j.Consent)
	}
	for _, column := range plan.Signs() {
		ask := customers.Sign{Column: column, Aside: slices.Contains(ledger.Binding, column)}
		switch column {
		case ledger.ReferrerColumn:
			s.referred = []referred{}
			ask.See = func(customer int, said customers.Said) {
				s.referred = append(s.referred, referred{customer, said.Value, said.First})
			}
		case ledger.ConsentColumn:
			if j.ByTop() {
				ask.By, ask.See = ledger.MemberColumn, s.seeMember(plan.Persons())
				break
			}
			ask.See = func(customer int, said customers.Said) {
				s.consent.Consent(customer, said.Value, said.Last, said.Used)
			}
		case ledger.ProvenanceColumn:
			ask.See = func(customer int, said customers.Said) { s.consent.Provenance(customer, said.Value) }
		}
		r.Signs = append(r.Signs, ask)
	}
	return s
}

// seeMember hears the members of accounts on consent, each as the person that they are.
func (s *signs) seeMember(who *persons.Found) func(customer int, said customers.Said) {
	return func(customer int, said customers.Said) {
		s.consent.ConsentOf(customer, who.Of(said.By), said.Value, said.Last, said.Used)
	}
}

// sourceNames are those that the job gives, or else the paths. A semicolon, which stands
// between two names, becomes a comma.
func sourceNames(sources []job.Source) []string {
	names := make([]string, len(sources))
	for i, s := range sources {
		if names[i] = s.Name; names[i] == "" {
			names[i] = strings.ReplaceAll(s.Path, ";", ",")
		}
	}
	return names
}

// seeSource adds a source to those that know a customer. Two sources may have one name.
func (s *signs) seeSource(customer int, number customers.Said) {
	at, err := strconv.Atoi(number.Value)
	if err != nil {
		panic("analytics: a source that is no number: " + number.Value)
	}
	for len(s.seen) <= customer {
		s.seen = append(s.seen, "")
	}
	switch known := s.seen[customer]; {
	case known == "":
		s.seen[customer] = s.names[at]
	case !slices.Contains(strings.Split(known, ";"), s.names[at]):
		s.seen[customer] = known + ";" + s.names[at]
	}
}

// statuses say of so many customers whether they may be on lists; nil: all may.
func (s *signs) statuses(customers int) []consent.Status {
	if s.consent == nil {
		return nil
	}
	return s.consent.Decide(customers)
}

// said is who is said to have brought whom, once ids are customers. ids are the customers, in
// order; nil: no source says.
func (s *signs) said(customer func(id string) string, ids []string) []forest.Said {
	if s.referred == nil {
		return nil
	}
	said := make([]forest.Said, len(s.referred))
	for i, r := range s.referred {
		said[i] = forest.Said{Node: r.customer, Above: forest.None, Day: r.day}
		if at, known := slices.BinarySearch(ids, customer(r.referrer)); known {
			said[i].Above = at
		}
	}
	return said
}

// consentCounts counts who may be on lists; nil: all may.
func consentCounts(statuses []consent.Status) *publication.Consent {
	if statuses == nil {
		return nil
	}
	var c publication.Consent
	for _, status := range statuses {
		switch status {
		case consent.Yes:
			c.Contactable++
		case consent.NoConsent:
			c.NoConsent++
		case consent.Provenance:
			c.Provenance++
		case consent.Unsubscribed:
			c.Unsubscribed++
		case consent.Complained:
			c.Complained++
		case consent.Excluded:
			c.Excluded++
		}
	}
	return &c
}
