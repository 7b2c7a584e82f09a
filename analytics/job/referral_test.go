package job_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

func TestReferralRule(t *testing.T) {
	const source = "name: shop\nas_of: 2026-01-01\nsources: [{path: a, columns: {customer: c, time: t, amount: a, referrer: r}}]\n"
	for settings, want := range map[string]job.Referral{
		"":                                     {Share: 1, Depth: 1},
		"clv: {referral_share: 0.25}\n":        {Share: 0.25, Depth: 1},
		"referral: {}\n":                       {Share: 1, Depth: 1},
		"referral: {share: 0.3}\n":             {Share: 0.3, Depth: 1},
		"referral: {share: 0.618, depth: 2}\n": {Share: 0.618, Depth: 2},
		"referral: {share: 0.5, depth: 20}\n":  {Share: 0.5, Depth: 20},
		"referral: {share: 0, depth: 5}\n":     {Depth: 5},
	} {
		require.Equal(t, want, parse(t, source+settings).Referrals(), settings)
	}
}

func TestReferralViolations(t *testing.T) {
	const unmapped = "name: shop\nas_of: 2026-01-01\nsources: [{path: a, columns: {customer: c, time: t, amount: a}}]\n"
	mapped := strings.Replace(unmapped, "amount: a", "amount: a, referrer: r", 1)
	for text, want := range map[string]string{
		mapped + "referral: {share: 2}\n":                                         "f.yaml:4:19: referral.share: 2 is out of range; want at least 0 and at most 1",
		mapped + "referral: {share: 0.5, depth: 21}\n":                            "f.yaml:4:31: referral.depth: 21 is out of range; want at least 1 and at most 20",
		mapped + "referral: off\n":                                                `f.yaml:4:11: referral: "off" is not a mapping`,
		mapped + "referral: {depth: 2}\n":                                         "f.yaml:4:11: referral.share: 1 moves 2 times what a customer is worth, over 2 steps up; at most all of it can be moved: give a share up to 0.618, or depth: 1",
		mapped + "referral: {share: 0.7, depth: 3}\n":                             "f.yaml:4:19: referral.share: 0.7 moves 1.533 times what a customer is worth, over 3 steps up; at most all of it can be moved: give a share up to 0.543, or depth: 1",
		unmapped + "referral: {share: 0.5}\n":                                     "f.yaml:4:11: referral: no source says who brought a customer; map sources.0.columns.referrer, or remove referral",
		mapped + "clv: off\npyramid: off\nreferral: {}\n":                         "f.yaml:6:11: referral: moves what customers are worth, and clv is off; turn it on or remove referral",
		mapped + "clv: {referral_share: 0.5}\nreferral: {share: 0.5, depth: 2}\n": "f.yaml:5:11: referral: clv.referral_share says the same of depth 1; keep one of the two",
	} {
		_, err := job.Parse("f.yaml", []byte(text), nil, noon)
		require.EqualError(t, err, want)
	}
}
