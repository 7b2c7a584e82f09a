package analytics

import (
	"context"
	"errors"
	"io"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/responses"
	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/campaign"
)

// answers are what the files of responses and the list of exclusions hold tonight, before it
// is known who the customers are; nil parts: the job reads none.
type answers struct {
	files   *ledger.ResponseFiles
	exclude *job.Exclude
}

// readAnswers reads both. Responses have an engine of their own, which is closed again: they
// are no transactions.
func (s *session) readAnswers(ctx context.Context) (a answers, err error) {
	if a.exclude, err = s.job.ReadExclude(); err != nil {
		return a, err
	}
	if s.job.Activation == nil || len(s.job.Activation.Responses) == 0 {
		return a, nil
	}
	e, err := engine.OpenDuckDB(ctx, s.aside)
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	a.files, err = ledger.ReadResponses(ctx, e, s.job, s.job.AsOf.Day)
	return a, err
}

// heard are the responses of all nights, and whom the job excludes; nil: there is nothing to
// be heard.
type heard struct {
	*responses.Heard
	exclude *job.Exclude
	files   *ledger.ResponseFiles
}

// hear puts what was read tonight to what the night before remembers, and binds what
// customers said. Once said, it binds although activation is off.
func (s *session) hear(n *night.Context) (*heard, error) {
	before, drawn, err := rememberedResponses(n)
	if err != nil {
		return nil, err
	}
	if n.Job.Activation == nil && len(before) == 0 {
		return nil, nil //nolint:nilnil // most jobs have no responses
	}
	var rules campaign.Rules
	if n.Job.Activation != nil {
		rules = n.Job.Activation.Rules()
	}
	h := &heard{exclude: s.answers.exclude, files: s.answers.files}
	h.Heard = responses.Hear(responses.Night{
		Job: n.Job, Today: n.Today(), Files: h.files, Before: before, Of: n.Of, ByKey: n.ByKey, Customers: n.Customers.ID,
		Campaigns: knownCampaigns(rules, drawn, n.Today()), Oldest: rules.Oldest(n.Today()),
	})
	n.Warnings.Add(n.Say().WordAll(h.warnings())...)
	if n.Job.Activation.Binds() || h.Binds() {
		n.Contact = h.Bind(n.Customers.ID, n.Contact, h.excluded(n))
	}
	return h, nil
}

// knownCampaigns are those of the job, and those that the night before remembers.
func knownCampaigns(rules campaign.Rules, drawn []publication.DrawnCampaign, today calendar.Day) (all []responses.Campaign) {
	for _, c := range rules.Campaigns {
		all = append(all, responses.Campaign{Name: c.Name, Open: c.Open(today)})
	}
	for _, c := range drawn {
		ends, err := calendar.Parse(c.Ends)
		open := err != nil || (campaign.Campaign{Ends: ends}).Open(today) // who reads campaigns says what is wrong
		all = append(all, responses.Campaign{Name: c.Name, Open: open})
	}
	return all
}

// rememberedResponses are those of the night before, and the campaigns that it remembers.
func rememberedResponses(n *night.Context) (before []publication.Response, drawn []publication.DrawnCampaign, err error) {
	if n.LeftBehind != "" {
		return leftBehind(n), nil, nil
	}
	if n.Previous == nil {
		return nil, nil, nil
	}
	before, err = n.Previous.Responses()
	return before, n.Previous.Drawn(), err
}

// leftBehind are the responses of the night before, where the history begins anew: who has
// unsubscribed has done so in any history. A night that cannot be read is said to be.
func leftBehind(n *night.Context) []publication.Response {
	p, err := publication.Open(n.LeftBehind)
	if err == nil {
		var all []publication.Response
		if all, err = p.ReadResponses(); err == nil {
			return all
		}
	}
	n.Warn("warning.responses_lost", "why", err)
	return nil
}

// excluded are the customers whom the job excludes.
func (h *heard) excluded(n *night.Context) (ids []string) {
	if h.exclude == nil {
		return nil
	}
	for _, id := range h.exclude.IDs {
		ids = append(ids, n.Of(id))
		if customer := n.ByKey(id); customer != "" {
			ids = append(ids, customer)
		}
	}
	return ids
}

// fileWarnings say where there is no file of responses, and which have nothing in them.
func fileWarnings(files *ledger.ResponseFiles) (w []wording.Message) {
	if files == nil {
		return nil
	}
	if len(files.Absent) > 0 {
		w = append(w, wording.Of("warning.no_responses", "paths", strings.Join(files.Absent, ", ")))
	}
	if n := len(files.Empty); n > 0 {
		const named = 3 // as many as a line has room for
		w = append(w, wording.Of("warning.empty_responses", "files", n, "paths", strings.Join(files.Empty[:min(n, named)], ", ")))
	}
	return w
}

// warnings say what of the responses could not be used. They name no customer.
func (h *heard) warnings() (w []wording.Message) {
	if h.files == nil {
		return nil
	}
	w = fileWarnings(h.files)
	c := h.Counts
	if c.UnknownEvents > 0 {
		w = append(w, wording.Of("warning.unknown_events", "rows", rowsInWords(c.UnknownEvents), "events", eventNames()))
	}
	var aside int64
	for reason, rows := range c.Rejected {
		if reason != string(ledger.AfterAsOf) && reason != string(ledger.Filtered) {
			aside += rows
		}
	}
	if aside > 0 {
		w = append(w, wording.Of("warning.responses_aside", "rows", rowsInWords(aside)))
	}
	return w
}

// eventNames lists the events that there are.
func eventNames() string {
	names := make([]string, len(publication.Events))
	for i, e := range publication.Events {
		names[i] = string(e)
	}
	return strings.Join(names, ", ")
}

// table is responses.parquet; none where nothing was ever heard.
func (h *heard) table() []table {
	if h == nil || h.files == nil && len(h.Events) == 0 {
		return nil
	}
	return []table{{publication.ResponsesFile, func(w io.Writer) (int64, error) { return publication.WriteResponses(w, h.Events) }}}
}

// activation is what run.json says of it so far; nil: there is none.
func (h *heard) activation() *publication.Activation {
	if h == nil {
		return nil
	}
	a := &publication.Activation{}
	if e := h.exclude; e != nil {
		a.Exclude = &publication.FileBeside{Path: e.Path, SHA256: e.SHA256, Rows: len(e.IDs)}
	}
	if h.files != nil || len(h.Events) > 0 {
		counts := h.Counts
		if h.files != nil {
			counts.Inputs = inputsOf(h.files.Inputs)
		}
		a.Responses = &counts
	}
	return a
}
