package publication_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// withRows is a publication with a file more, of so many rows.
func withRows(t *testing.T, rows int, name string, content []byte) *publication.Publication {
	t.Helper()
	p := withFile(t, 1, name, content)
	p.Files[len(p.Files)-1].Rows = int64(rows)
	return p
}

// drawn are customers of an experiment, some in each arm.
func drawn(customers int) (all []campaign.Assignment) {
	arms := []campaign.Arm{campaign.Treated, campaign.Control, campaign.Both}
	for i := range customers {
		a := campaign.Assignment{
			Campaign: "a", Customer: fmt.Sprintf("c%07d", i), Arm: arms[i%3], Since: calendar.Day(20_000 + i%9), Share: 0.2,
			Explored: i%2 == 0, Forecast: float64(i) / 7, Entries: 1 + i%3, In: i%5 > 0,
		}
		if i%4 == 0 {
			a.Forecast = -1
		}
		if i%7 > 0 {
			a.Strata = []string{"decline", "金", ""}
		}
		all = append(all, a)
	}
	return all
}

// What a night remembers of whom it contacts is read again as it was, and written again to
// the same bytes.
func TestMemory(t *testing.T) {
	want := campaign.Memory{
		Assignments: drawn(publish.RowGroupRows + 5),
		Planned:     []campaign.Contact{{Customer: "b", Campaign: "x", Channel: "sms", Day: 3}, {Customer: "a", Campaign: "x", Channel: "mail", Day: 4}, {Customer: "a", Channel: "sms", Day: 4}},
	}
	var assigned, contacts bytes.Buffer
	rows, err := publication.WriteAssignments(&assigned, want.Assignments)
	require.NoError(t, err)
	require.EqualValues(t, len(want.Assignments), rows)
	_, err = publication.WriteContacts(&contacts, want.Planned)
	require.NoError(t, err)

	p := withRows(t, len(want.Assignments), publication.AssignmentsFile, assigned.Bytes())
	other := withRows(t, 3, publication.ContactsFile, contacts.Bytes())
	got, err := p.ReadMemory()
	require.NoError(t, err)
	require.Equal(t, want.Assignments, got.Assignments)
	require.Empty(t, got.Planned, "it has no such file")
	got, err = other.ReadMemory()
	require.NoError(t, err)
	require.Equal(t, want.Planned, got.Planned)

	var again bytes.Buffer
	_, err = publication.WriteAssignments(&again, want.Assignments)
	require.NoError(t, err)
	require.True(t, bytes.Equal(assigned.Bytes(), again.Bytes()))
}

func TestForecastThatIsNotKnown(t *testing.T) {
	var file bytes.Buffer
	_, err := publication.WriteAssignments(&file, []campaign.Assignment{{Campaign: "a", Customer: "c", Arm: campaign.Control, Forecast: math.NaN()}})
	require.NoError(t, err)
	got, err := withRows(t, 1, publication.AssignmentsFile, file.Bytes()).ReadMemory()
	require.NoError(t, err)
	require.True(t, math.IsNaN(got.Assignments[0].Forecast))
}

func TestResponsesAreRemembered(t *testing.T) {
	want := []publication.Response{
		{ID: "7", Customer: "c7", Campaign: "a", Channel: "Email", Event: publication.Sent, Time: -1},
		{ID: "7", Customer: "c7", Event: publication.Unsubscribed, Time: 1_700_000_000_000_001},
		{ID: "8", Customer: "", Campaign: "零售", Event: publication.Bought, Time: 1_700_000_000_000_001},
	}
	require.True(t, slices.IsSortedFunc(want, publication.CompareResponses))
	require.EqualValues(t, -1, want[0].Day())
	require.EqualValues(t, 19_675, want[1].Day()) // 2023-11-14T22:13:20Z by any epoch converter
	var file bytes.Buffer
	_, err := publication.WriteResponses(&file, want)
	require.NoError(t, err)
	got, err := withRows(t, 3, publication.ResponsesFile, file.Bytes()).ReadResponses()
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// A publication of a job without activation remembers nothing, and what is damaged is told.
func TestMemoryThatIsNone(t *testing.T) {
	p, err := publication.Open(earlier(t))
	require.NoError(t, err)
	m, err := p.ReadMemory()
	require.NoError(t, err)
	require.Equal(t, campaign.Memory{}, m)
	none, err := p.ReadResponses()
	require.NoError(t, err)
	require.Empty(t, none)

	write := func(all ...campaign.Assignment) []byte {
		var file bytes.Buffer
		_, err := publication.WriteAssignments(&file, all)
		require.NoError(t, err)
		return file.Bytes()
	}
	a := drawn(2)
	strange := a[0]
	strange.Arm = "placebo"
	var contacts bytes.Buffer
	_, err = publication.WriteContacts(&contacts, []campaign.Contact{{Customer: "a"}})
	require.NoError(t, err)
	for want, content := range map[string][]byte{
		"row 2: it comes before the row above": write(a[1], a[0]),
		"row 2: it comes before":               write(a[0], a[0]),
		`row 1: there is no arm "placebo"`:     write(strange),
		"it has 5 columns, want 11":            contacts.Bytes(),
		"parquet":                              write(a...)[:700],
	} {
		p := withRows(t, 2, publication.AssignmentsFile, content)
		if bytes.Equal(content, contacts.Bytes()) || bytes.Equal(content, write(strange)) {
			p.Files[len(p.Files)-1].Rows = 1
		}
		_, err := p.ReadMemory()
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, publication.AssignmentsFile)
	}
	p = withRows(t, 3, publication.AssignmentsFile, write(a...))
	_, err = p.ReadMemory()
	require.ErrorContains(t, err, "it has 2 rows, run.json says 3")
	p.Files[len(p.Files)-1].SHA256 = p.Files[0].SHA256
	_, err = p.ReadMemory()
	require.ErrorContains(t, err, "its content has changed")
}
