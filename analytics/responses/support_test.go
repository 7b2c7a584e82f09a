package responses_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/responses"
	"clientele/internal/calendar"
)

// shop is a folder with a job file and files of responses.
type shop struct {
	*testing.T
	dir string
	job *job.Job
}

const header = "name: shop\nas_of: 2026-02-01\nsources: [{path: a.csv, columns: {customer: c, time: t, amount: a}}]\n"

// usual is how the files of most tests are read.
const usual = "[{path: in/*, columns: {customer: id, campaign: campaign, channel: channel, time: ts, event: event}}]"

// newShop has the responses that are given, and a campaign.
func newShop(t *testing.T, responses string, more ...string) *shop {
	t.Helper()
	s := &shop{T: t, dir: t.TempDir()}
	text := header + strings.Join(more, "") + `activation:
  campaigns: [{name: Win-Back, audience: x, channels: [email, sms], starts: 2026-01-01, ends: 2026-03-01}]
  responses: ` + responses + "\n"
	j, err := job.Parse(filepath.Join(s.dir, "shop.yaml"), []byte(text), nil, time.Now)
	require.NoError(t, err)
	s.job = j
	return s
}

func (s *shop) write(name, content string) {
	s.Helper()
	path := filepath.Join(s.dir, name)
	require.NoError(s, os.MkdirAll(filepath.Dir(path), 0o750))
	require.NoError(s, os.WriteFile(path, []byte(content), 0o600))
}

// read reads the files of a night.
func (s *shop) read() (*ledger.ResponseFiles, error) {
	s.Helper()
	e, err := engine.OpenDuckDB(s.Context(), engine.Options{Threads: 2})
	require.NoError(s, err)
	defer func() { require.NoError(s, e.Close()) }()
	return ledger.ReadResponses(s.Context(), e, s.job, s.job.AsOf.Day)
}

// hear is a night: its files, and what the one before remembers.
func (s *shop) hear(before []publication.Response) *responses.Heard {
	s.Helper()
	files, err := s.read()
	require.NoError(s, err)
	return responses.Hear(responses.Night{
		Job: s.job, Today: calendar.DayOf(s.job.AsOf.Day), Files: files, Before: before, Campaigns: []responses.Campaign{{Name: "Win-Back", Open: true}},
		Of: strings.ToLower, ByKey: func(text string) string { return map[string]string{"a@x.example": "a"}[text] }, Customers: []string{"a", "b", "c", "d"},
	})
}

// said writes what was heard as a person reads it.
func said(h *responses.Heard) (lines []string) {
	for _, e := range h.Events {
		at := time.UnixMicro(e.Time).UTC().Format("2006-01-02T15:04:05.999999")
		lines = append(lines, strings.Join([]string{at, e.ID, e.Customer, e.Campaign, e.Channel, string(e.Event)}, " "))
	}
	return lines
}

func zipped(s *shop, text string) string {
	s.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write([]byte(text))
	require.NoError(s, err)
	require.NoError(s, w.Close())
	return out.String()
}
