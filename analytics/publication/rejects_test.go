package publication

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
	"clientele/analytics/publish"
)

// Every row is listed once and in order, however many are in memory together.
func TestRejectsAreAllListed(t *testing.T) {
	for rows := range 6 {
		want := "source,line,reason,row\n"
		for i := range rows {
			want += "a.csv," + strconv.Itoa(i+2) + ",no_time,\"x,y\"\n"
		}
		r := Rejects{AtOnce: 2, Each: func(see func(ledger.Reject) error) error {
			for i := range rows {
				if err := see(ledger.Reject{Source: "a.csv", Line: int64(i + 2), Reason: ledger.NoTime, Row: "x,y"}); err != nil {
					return err
				}
			}
			return nil
		}}
		var text bytes.Buffer
		n, err := r.CSV(&text, publish.CSVOptions{Threads: 1})
		require.NoError(t, err)
		require.EqualValues(t, rows, n)
		require.Equal(t, want, text.String())
	}
}

func TestRejectsThatCannotBeRead(t *testing.T) {
	broken := errors.New("the engine has gone")
	r := Rejects{AtOnce: 1, Each: func(see func(ledger.Reject) error) error { return errors.Join(see(ledger.Reject{}), broken) }}
	_, err := r.CSV(&strings.Builder{}, publish.CSVOptions{})
	require.ErrorIs(t, err, broken)
}
