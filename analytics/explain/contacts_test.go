package explain_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/explain"
)

const contacting = `activation={holdout: {share: 0.2}, campaigns: [
  {name: hello, audience: "frequency > 0", channels: [email], starts: 2026-05-01, ends: 2026-08-01, cost: 0.5, priority: 1},
  {name: coffee, audience: "monetary > 50", channels: [sms], starts: 2026-06-15, ends: 2026-09-01, control: 0.3}]}`

// told is the JSON of a customer, as far as campaigns go.
type told struct {
	ID         string `json:"customer_id"`
	Activation *struct {
		HeldOut   bool `json:"held_out"`
		Campaigns []struct {
			Campaign, Arm, Since string
			Contacts             []struct{ Day, Channel string }
		}
	}
}

// The campaigns in the JSON of all customers are those that a database reads from the files.
func TestCampaignsAreThoseOfTheFiles(t *testing.T) {
	out := t.TempDir()
	publish(t, bundled, out, "2026-05-31", contacting, "clv.model=nbd")
	path := publish(t, bundled, out, "2026-06-30", contacting, "clv.model=nbd")
	_, rows := table(t, path)
	r := open(t, path)
	var held, drawn, planned []string
	for id := range rows {
		of := toldOf(t, r, id).Activation
		require.NotNil(t, of)
		if of.HeldOut {
			held = append(held, id)
		}
		for _, c := range of.Campaigns {
			drawn = append(drawn, id+" "+c.Campaign+" "+c.Arm+" "+c.Since)
			for _, made := range c.Contacts {
				planned = append(planned, id+" "+c.Campaign+" "+made.Day+" "+made.Channel)
			}
		}
	}
	require.Greater(t, min(len(held), len(drawn), len(planned)), 10)
	require.ElementsMatch(t, texts(t, "SELECT customer_id FROM read_csv(?)", filepath.Join(path, "holdout.csv")), held)
	require.ElementsMatch(t, texts(t, "SELECT concat_ws(' ', customer_id, campaign, arm, since) FROM read_parquet(?) WHERE campaign <> 'holdout'", filepath.Join(path, "assignments.parquet")), drawn)
	require.ElementsMatch(t, texts(t, "SELECT concat_ws(' ', customer_id, campaign, day, channel) FROM read_parquet(?)", filepath.Join(path, "contacts.parquet")), planned)
}

// texts asks a database for a column of texts.
func texts(t *testing.T, query, file string) (all []string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), query, file)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var text string
		require.NoError(t, rows.Scan(&text))
		all = append(all, text)
	}
	require.NoError(t, rows.Err())
	return all
}

// A job that contacts nobody says nothing of it.
func TestNoCampaigns(t *testing.T) {
	path := publish(t, bundled, t.TempDir(), "2026-06-30", "clv.model=nbd")
	require.Nil(t, toldOf(t, open(t, path), "C0000398").Activation)
}

func toldOf(t *testing.T, r *explain.Reader, id string) (of told) {
	t.Helper()
	c, err := r.Of(id)
	require.NoError(t, err)
	require.NoError(t, c.ReadContacts())
	text, err := json.Marshal(c)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &of))
	return of
}
