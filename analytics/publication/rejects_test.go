package publication

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publish"
)

// Every row is listed once and in order, however many are in memory together.
func TestRejectsAreAllListed(t *testing.T) {
	for rows := range 6 {
		want := []string{"source,line,reason,row"}
		for i := range rows {
			want = append(want, "a.csv,"+strconv.Itoa(i+2)+`,no_time,"x,y"`)
		}
		r := Rejects{AtOnce: 2, Each: func(see func(Reject) error) error {
			for i := range rows {
				if err := see(Reject{Source: "a.csv", Line: int64(i + 2), Reason: "no_time", Row: "x,y"}); err != nil {
					return err
				}
			}
			return nil
		}}
		var text bytes.Buffer
		n, err := r.CSV(&text, publish.CSVOptions{Threads: 1})
		require.NoError(t, err)
		require.EqualValues(t, rows, n)
		require.Equal(t, strings.Join(want, "\n")+"\n", text.String())
	}
}

// No more are in memory together than AtOnce says.
func TestRejectsAtOnce(t *testing.T) {
	r := Rejects{AtOnce: 2, Each: func(see func(Reject) error) error {
		return errors.Join(see(Reject{}), see(Reject{}), see(Reject{}))
	}}
	var sizes []int64
	for batch, err := range r.batches() {
		require.NoError(t, err)
		sizes = append(sizes, batch.NumRows())
	}
	require.Equal(t, []int64{2, 1}, sizes)
}

func TestRejectsThatCannotBeRead(t *testing.T) {
	broken := errors.New("the engine has gone")
	r := Rejects{AtOnce: 1, Each: func(see func(Reject) error) error { return errors.Join(see(Reject{}), broken) }}
	_, err := r.CSV(&strings.Builder{}, publish.CSVOptions{})
	require.ErrorIs(t, err, broken)
}
