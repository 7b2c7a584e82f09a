package ledger

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// servicesFile holds what shops call lines that are no goods.
//
//go:embed services.yaml
var servicesFile []byte

// servicePattern is a pattern of such products.
type servicePattern struct {
	pattern string
	matches *regexp.Regexp
}

var sureServices, perhapsServices = readServices()

func readServices() (sure, perhaps []servicePattern) {
	var lists struct {
		Sure    []string `yaml:"sure"`
		Perhaps []string `yaml:"perhaps"`
	}
	if err := yaml.UnmarshalWithOptions(servicesFile, &lists, yaml.Strict()); err != nil {
		panic("ledger: services.yaml: " + err.Error()) // it is a part of the program
	}
	return patternsOf(lists.Sure), patternsOf(lists.Perhaps)
}

func patternsOf(texts []string) []servicePattern {
	all := make([]servicePattern, len(texts))
	for i, text := range texts {
		pattern := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(text))
		all[i] = servicePattern{text, regexp.MustCompile("(?is)^" + pattern + "$")}
	}
	return all
}

// Services are products that are no goods, such as postage, as exclude_products takes them:
// those that are sure to be none, and those that may be.
type Services struct{ Sure, Perhaps []string }

// ServicesAmong finds the services among products. A code of one letter says something only
// where the others are codes of digits.
func ServicesAmong(products []string) (found Services) {
	codes := areCodes(products)
	rest := slices.Clone(products)
	take := func(patterns []servicePattern) (all []string) {
		for _, p := range patterns {
			if short := len(p.pattern) <= 2; short && !codes {
				continue
			}
			left := slices.DeleteFunc(slices.Clone(rest), func(v string) bool { return p.matches.MatchString(strings.TrimSpace(v)) })
			if len(left) < len(rest) {
				all, rest = append(all, p.pattern), left
			}
		}
		return all
	}
	return Services{Sure: take(sureServices), Perhaps: take(perhapsServices)}
}

// areCodes tells whether most products are called by codes with digits.
func areCodes(products []string) bool {
	codes := 0
	for _, p := range products {
		if strings.ContainsAny(p, "0123456789") && !strings.Contains(strings.TrimSpace(p), " ") {
			codes++
		}
	}
	return 2*codes > len(products)
}

// Services finds the services in the sample, by source: of those that map a product and
// exclude none.
func (p *Plan) Services(ctx context.Context) ([]Services, error) {
	products := make([][]string, len(p.job.Sources))
	for _, b := range p.batches {
		s := p.job.Sources[b.source]
		m, known := values{bound: b.mapped, numbers: b.numbers, dialect: dialect.DuckDB}.find("product")
		if !known || s.ExcludeProducts != nil {
			continue
		}
		value := TextSQL(attempt(m.sql), m.kind)
		rows, err := engine.Text(ctx, p.engine, "SELECT DISTINCT "+value+" AS product FROM "+b.sample+" WHERE "+value+" <> '' ORDER BY product")
		if err != nil {
			return nil, fmt.Errorf("ledger: products: %w", err)
		}
		for _, r := range rows {
			products[b.source] = append(products[b.source], r[0])
		}
	}
	all := make([]Services, len(products))
	for i, of := range products {
		all[i] = ServicesAmong(of)
	}
	return all, nil
}
