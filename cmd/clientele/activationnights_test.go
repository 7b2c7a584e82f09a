package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// activationNights are nights of a campaign and of one in which all are out of reach.
var activationNights = []string{"2026-04-01", "2026-04-08", "2026-05-01"}

const activationJob = `
activation:
  caps: [{contacts: 1, days: 7}]
  holdout: {share: 0.1}
  campaigns:
    - {name: back, audience: recency_days > 60, channels: [email], starts: 2026-04-01, ends: 2026-05-01}
  responses: [{path: responses.csv, columns: {customer: id, campaign: campaign, channel: channel, time: at, event: event}}]
`

// nights runs all nights of the shop and gives the folder of its publications.
func nights(t *testing.T, responses string, flags ...string) string {
	t.Helper()
	dir := t.TempDir()
	for name, more := range map[string]string{"shop.csv": "", "shop.yaml": activationJob} {
		content, err := os.ReadFile(filepath.Join("..", "..", "testdata", name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), append(content, more...), 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "responses.csv"), []byte("id,campaign,channel,at,event\n"+responses), 0o600))
	for _, night := range activationNights {
		runNight(t, dir, night, flags...)
	}
	return filepath.Join(dir, "out", "shop")
}

// runNight runs a night. Its model is named, as a blend would be most of the work.
func runNight(t *testing.T, dir, night string, flags ...string) {
	t.Helper()
	var errs bytes.Buffer
	args := append([]string{"run", filepath.Join(dir, "shop.yaml"), "--as-of", night, "--quiet", "--set", "clv.model=nbd"}, flags...)
	require.Equal(t, exitDone, run(args, nil, &errs, &errs), errs.String())
}

// idsOf are the ids in the first column of a list.
func idsOf(t *testing.T, file string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	ids := map[string]bool{}
	for _, row := range rows[1:] {
		require.False(t, ids[row[0]], "a customer is listed twice")
		ids[row[0]] = true
	}
	return ids
}

var activationFiles = []string{"lists/email.csv", "holdout.csv", "suppressed.csv", "lift.csv", "assignments.parquet", "contacts.parquet"}

// Nobody is contacted twice by a campaign, nor who is held out or has unsubscribed; a night
// that is run again, and other threads, give the same bytes.
func TestActivationNights(t *testing.T) {
	first := nights(t, "", "--threads", "1")
	listed := idsOf(t, filepath.Join(first, "2026-04-01", "lists", "email.csv"))
	held := idsOf(t, filepath.Join(first, "2026-04-01", "holdout.csv"))
	later := idsOf(t, filepath.Join(first, "2026-04-08", "lists", "email.csv"))
	require.NotEmpty(t, listed)
	require.NotEmpty(t, held)
	require.NotEmpty(t, later)
	for id := range later {
		require.False(t, listed[id] || held[id])
	}
	var out string
	for id := range later {
		out = max(out, id)
	}
	other := nights(t, out+",back,email,2026-04-02 08:00:00,unsubscribed\n", "--threads", "3")
	for _, file := range activationFiles {
		require.Equal(t, read(t, first, "2026-04-01", file), read(t, other, "2026-04-01", file), file)
	}
	require.NotContains(t, idsOf(t, filepath.Join(other, "2026-04-08", "lists", "email.csv")), out)

	before := map[string]string{}
	for _, file := range activationFiles {
		before[file] = read(t, other, "2026-04-08", file)
	}
	runNight(t, filepath.Dir(filepath.Dir(other)), "2026-04-08")
	for _, file := range activationFiles {
		require.Equal(t, before[file], read(t, other, "2026-04-08", file), file)
	}
}

func read(t *testing.T, out, night, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out, night, file))
	require.NoError(t, err)
	return string(text)
}

// Customers in CSV alone, for spreadsheets and in Chinese, are decided on as all others are.
func TestActivationFromSpreadsheets(t *testing.T) {
	plain := nights(t, "")
	sheets := nights(t, "", "--set", "output.formats=[csv]", "--set", "output.csv=spreadsheet", "--set", "output.language=zh")
	for _, night := range activationNights {
		for _, file := range []string{"assignments.parquet", "contacts.parquet"} {
			require.Equal(t, read(t, plain, night, file), read(t, sheets, night, file), file)
		}
		require.Equal(t, idsOf(t, filepath.Join(plain, night, "lists", "email.csv")), idsOf(t, filepath.Join(sheets, night, "lists", "email.csv")))
	}
	require.Contains(t, read(t, sheets, "2026-04-01", "lists/email.csv"), "您最近一次购买是在")
}
