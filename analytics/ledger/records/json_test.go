package records

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Values of JSON come as text: of a text what it says, of numbers their digits.
func TestJSONValues(t *testing.T) {
	const text = "\ufeff" + `{"a": "x\ny", "n": 12345678901234567890.123456, "b": true, "z": null, "o": {"k": [1, 2]}, "i": 17850.0}` + "\n" +
		"\n" + `not json` + "\n" + `[1]` + "\n" + `{"a": "", "a": "last", "A": 1, "n": -0.50, "i": 1e3}` + "\r\n" + `{}`
	members, err := ReadMembers(strings.NewReader(text), Layout{Lines: true})
	require.NoError(t, err)
	require.Equal(t, "a n b z o o.k i A", strings.Join(namesOfMembers(members), " "))
	members = slices.DeleteFunc(members, func(m Member) bool { return m.Name == "o.k" || m.Name == "A" })
	j := NewJSON(strings.NewReader(text), Layout{Lines: true}, members)
	var got []string
	for {
		r, err := j.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		var cells []string
		for _, c := range r.Cells {
			if c == nil {
				cells = append(cells, "NULL")
			} else {
				cells = append(cells, string(c))
			}
		}
		got = append(got, strings.Join(cells, "|"))
		require.Equal(t, len(cells) == 0, r.Malformed)
	}
	require.Equal(t, []string{
		"x\ny|12345678901234567890.123456|true|NULL|" + `{"k": [1, 2]}` + "|17850", "", "",
		"last|-0.50|NULL|NULL|NULL|1000", "NULL|NULL|NULL|NULL|NULL|NULL",
	}, got)
	require.Equal(t, int64(6), j.LinesRead())
}

// A last line that is cut off is no malformed line.
func TestJSONCutOff(t *testing.T) {
	j := NewJSON(strings.NewReader(`{"a": 1}`+"\n"+`{"a": 2, "b`), Layout{Lines: true}, []Member{{Name: "a", Path: []string{"a"}}})
	_, err := j.Next()
	require.NoError(t, err)
	_, err = j.Next()
	require.ErrorContains(t, err, "line 2: the file ends in the middle of this line")
}

// A whole number is its digits, however a program wrote the float.
func TestWholeNumbers(t *testing.T) {
	for written, want := range map[string]string{
		"17850": "17850", "17850.0": "17850", "1.785E4": "17850", "1.2345678E7": "12345678", "-1.50e+1": "-15", "1e3": "1000", "0.0": "0", "0e5": "0",
		"1.5": "1.5", "12.50": "12.50", "1.785E2": "1.785E2", "1e-3": "1e-3", "1e400": "1e400", "12345678901234567890": "12345678901234567890",
	} {
		require.Equal(t, want, digitsOf(written), written)
	}
}

func namesOfMembers(members []Member) []string {
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = m.Name
	}
	return names
}
