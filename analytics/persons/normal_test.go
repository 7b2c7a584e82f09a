package persons

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNormal(t *testing.T) {
	for _, c := range []struct {
		id     string
		stated []Rule
		want   string
	}{
		{" A7 ", nil, " A7 "},
		{"\u00a0A7 ", []Rule{Trim}, "A7"},
		{"Ann@Example.ORG", []Rule{Lower}, "ann@example.org"},
		{"17850.0", []Rule{DropPointZero}, "17850"},
		{"17850.000", []Rule{DropPointZero}, "17850"},
		{"17850.", []Rule{DropPointZero}, "17850."},
		{"17850.5", []Rule{DropPointZero}, "17850.5"},
		{"v1.0", []Rule{DropPointZero}, "v1.0"},
		{"1.2.0", []Rule{DropPointZero}, "1.2.0"},
		{".0", []Rule{DropPointZero}, ".0"},
		{"0017850", []Rule{DropLeadingZeros}, "17850"},
		{"000", []Rule{DropLeadingZeros}, "0"},
		{"00A7", []Rule{DropLeadingZeros}, "00A7"},
		{"0017850.0", []Rule{DropLeadingZeros}, "0017850.0"},
		// The order stated does not matter.
		{"0017850.0", []Rule{DropLeadingZeros, DropPointZero}, "17850"},
	} {
		require.Equal(t, c.want, Normal(c.id, c.stated), "%q by %v", c.id, c.stated)
	}
}

func TestCleanKey(t *testing.T) {
	for _, c := range []struct{ key, value, want string }{
		{"email", " Ann@Example.ORG ", "ann@example.org"},
		{"e_mail", "ａｎｎ＠ｅｘａｍｐｌｅ.org", "ann@example.org"},
		{"email", "none", ""},
		{"email", "@home", ""},
		{"email", "ann@", ""},
		{"email", "ann", ""},
		{"phone", "+49 (170) 123-45-67", "491701234567"},
		{"mobile", "0049 170 1234567", "491701234567"},
		{"telephone", "１７０１２３４５６７", "1701234567"},
		{"phone", "0000000000", ""},
		{"phone", "110", ""},
		{"phone", "", ""},
		{"card", " X7 ", "X7"},
		{"card", "N/A", ""},
	} {
		require.Equal(t, c.want, CleanKey(c.key, c.value), "%s %q", c.key, c.value)
	}
}

func TestLookAlikes(t *testing.T) {
	for _, c := range []struct {
		name   string
		ids    []string
		stated []Rule
		want   Likeness
	}{
		{"none", []string{"1", "2", "A", "b"}, nil, Likeness{}},
		{"case", []string{"a", "A", "B"}, nil, Likeness{2, 1, []Rule{Lower}}},
		{"case, both with capitals", []string{"aB", "Ab", "x"}, nil, Likeness{2, 1, []Rule{Lower}}},
		{"decimals", []string{"17850", "17850.0", "7"}, nil, Likeness{2, 1, []Rule{DropPointZero}}},
		{"zeros", []string{"007", "7", "07"}, nil, Likeness{3, 1, []Rule{DropLeadingZeros}}},
		{"two kinds", []string{"007", "7", "A", "a"}, nil, Likeness{4, 2, []Rule{Lower, DropLeadingZeros}}},
		{"both at once", []string{"007.0", "7"}, nil, Likeness{2, 1, []Rule{DropPointZero, DropLeadingZeros}}},
		{"one of them stated", []string{"007", "7.0"}, []Rule{DropPointZero}, Likeness{2, 1, []Rule{DropLeadingZeros}}},
	} {
		require.Equal(t, c.want, LookAlikes(c.ids, c.stated), c.name)
	}
}
