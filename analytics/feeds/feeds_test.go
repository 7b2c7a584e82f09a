package feeds

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/feeds/shapes"
	"clientele/analytics/publication"
)

// customers of the shop of these tests: one of four may not be contacted, one of five has no
// e-mail, and texts have what breaks CSV and JSON.
const customers = 200

func id(i int) string { return fmt.Sprintf("c%03d", i) }

func email(i int) string {
	if i%5 == 0 {
		return ""
	}
	return id(i) + "@example.com"
}

// shop is a publication of CSV files, made by hand.
func shop(t *testing.T) *publication.Publication {
	t.Helper()
	dir := t.TempDir()
	m := publication.Manifest{Settings: publication.Settings(`{"currency": "EUR"}`), Consent: &publication.Consent{}}
	write := func(name string, rows [][]string) {
		var b bytes.Buffer
		require.NoError(t, csv.NewWriter(&b).WriteAll(rows))
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
		sum := sha256.Sum256(b.Bytes())
		m.Files = append(m.Files, publication.File{Path: name, Rows: int64(len(rows) - 1), Bytes: int64(b.Len()), SHA256: hex.EncodeToString(sum[:])})
	}
	all := [][]string{{"customer_id", "segment", "tier", "tier_until", "clv", "contactable", "mail"}}
	list := [][]string{{"customer_id", "campaign", "channel", "offer", "from", "until", "reason"}}
	for i := range customers {
		until, may := "2026-12-31", "yes"
		if i%3 == 0 {
			until = ""
		}
		if i%4 == 0 {
			may = "unsubscribed"
		}
		all = append(all, []string{id(i), []string{"loyal", "né \"x\", <b>\n成都"}[i%2], tierOf(i), until, strconv.Itoa(i) + ".50", may, email(i)})
		list = append(list, []string{id(i), "win-back", "email", "10% off", "2026-06-30", "2026-07-31", "long ago"})
	}
	write("customers.csv", all)
	write("lists/email.csv", list)
	changes := [][]string{{"change_id", "customer_id", "op", "from", "to", "effective", "reason", "metric", "threshold"}}
	for i := range 100 {
		// Each second one rises twice, so that the last change is that which holds.
		if i%2 == 0 {
			changes = append(changes, []string{"first" + id(i), id(i), "enter", "", "silver", "2026-06-01", "spend", "spend", "100"})
		}
		changes = append(changes, []string{"last" + id(i), id(i), "upgrade", "silver", tierOf(i), "2026-06-02", "spend", "spend", ""})
	}
	changes = append(changes, []string{"gone", "gone", "leave", "silver", "", "2026-06-03", "", "", ""})
	write("tiers_delta.csv", changes)
	return &publication.Publication{Path: dir, Manifest: m}
}

func tierOf(i int) string { return []string{"gold", "", "platinum"}[i%3] }

// written writes a feed into memory.
func written(t *testing.T, p *publication.Publication, f Feed) (files map[string][]byte, nameless []Nameless) {
	t.Helper()
	files = map[string][]byte{}
	nameless, err := f.Write(p, func(file string, write func(io.Writer) (int64, error)) error {
		var b bytes.Buffer
		rows, err := write(&b)
		if err == nil && strings.HasSuffix(file, ".jsonl") {
			require.EqualValues(t, bytes.Count(b.Bytes(), []byte("\n")), rows)
		}
		files[file] = b.Bytes()
		return err
	})
	require.NoError(t, err)
	return files, nameless
}

// everything is all that a shape may be asked for.
func everything(s *shapes.Shape) Feed {
	f := Feed{Shape: s, Profiles: true, Tiers: true, Lists: true}
	f.Properties = shapes.Fields{{Name: "segment", Column: "segment"}, {Name: "tier", Column: "tier"}, {Name: "until", Column: "tier_until"}, {Name: "value", Column: "clv"}}
	for _, field := range s.IDs {
		f.IDs = append(f.IDs, shapes.Field{Name: field.Name, Column: "customer_id"})
	}
	return f
}

// row is what a reader of a shape finds of a customer.
type row map[string]any

// readCSV reads a file as any reader of RFC 4180 does.
func readCSV(t *testing.T, text []byte) (rows []row) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	for _, record := range records[1:] {
		r := row{}
		for i, name := range records[0] {
			r[name] = record[i]
		}
		rows = append(rows, r)
	}
	return rows
}

// readRequests finds the rows of requests in the place where the vendor's page has them, flat.
func readRequests(t *testing.T, s *shapes.Shape, text []byte) (rows []row) {
	t.Helper()
	for line := range bytes.Lines(text) {
		if s.Batch.Bytes > 0 {
			require.LessOrEqual(t, len(line), s.Batch.Bytes)
		}
		var of int
		for _, r := range rowsOf(t, s.Name, line) {
			rows = append(rows, r)
			of++
		}
		require.LessOrEqual(t, of, s.Batch.Rows)
	}
	return rows
}

func rowsOf(t *testing.T, shape string, line []byte) (rows []row) {
	t.Helper()
	flat := func(id string, value any, properties row) row {
		r := row{id: value}
		maps.Copy(r, properties)
		return r
	}
	switch shape {
	case "klaviyo":
		var request struct {
			Data struct {
				Type       string
				Attributes struct {
					Profiles struct {
						Data []struct {
							Type       string
							Attributes struct {
								ExternalID string `json:"external_id"`
								Properties row
							}
						}
					}
				}
			}
		}
		require.NoError(t, json.Unmarshal(line, &request))
		require.Equal(t, "profile-bulk-import-job", request.Data.Type)
		for _, p := range request.Data.Attributes.Profiles.Data {
			require.Equal(t, "profile", p.Type)
			rows = append(rows, flat("external_id", p.Attributes.ExternalID, p.Attributes.Properties))
		}
	case "braze":
		var request struct{ Attributes []row }
		require.NoError(t, json.Unmarshal(line, &request))
		rows = request.Attributes
	case "talon-one":
		var request struct {
			CustomerProfiles []struct {
				IntegrationID string `json:"integrationId"`
				Attributes    row
			}
		}
		require.NoError(t, json.Unmarshal(line, &request))
		for _, p := range request.CustomerProfiles {
			rows = append(rows, flat("integrationId", p.IntegrationID, p.Attributes))
		}
	default:
		t.Fatalf("how requests of %s are read is not said", shape)
	}
	return rows
}

// read reads a file of a feed with another reader than the one that wrote it.
func read(t *testing.T, s *shapes.Shape, files map[string][]byte, name string) []row {
	t.Helper()
	text, there := files[Folder+"/"+s.Name+"/"+name+"."+string(s.Format)]
	require.True(t, there, name)
	if s.Format == shapes.CSV {
		return readCSV(t, text)
	}
	return readRequests(t, s, text)
}

// same tells whether a value is what the cell of a publication says, in the way of a shape.
func same(t *testing.T, s *shapes.Shape, cell, kind string, got any, there bool) {
	t.Helper()
	switch {
	case s.Format == shapes.CSV:
		require.Equal(t, cell, got)
	case cell == "":
		way := s.Nothing
		if kind == "text" {
			way = s.Empty
		}
		require.Equal(t, way != shapes.Omit, there)
		require.Equal(t, map[shapes.Empty]any{shapes.Blank: "", shapes.Null: nil, shapes.Omit: nil}[way], got)
	case kind == "number":
		want, err := strconv.ParseFloat(cell, 64)
		require.NoError(t, err)
		require.Equal(t, want, got) //nolint:testifylint // the same digits are the same number
	case kind == "day" && s.Days == "time":
		require.Equal(t, cell+"T00:00:00Z", got)
	default:
		require.Equal(t, cell, got)
	}
}

// What each shape writes is read back by another reader, cell by cell.
func TestShapesReadBack(t *testing.T) {
	p := shop(t)
	for _, s := range shapes.All {
		t.Run(s.Name, func(t *testing.T) {
			f := everything(s)
			files, nameless := written(t, p, f)
			require.Empty(t, nameless)
			require.Len(t, files, 3)
			rows := read(t, s, files, "profiles")
			require.Len(t, rows, customers)
			source, err := os.ReadFile(filepath.Join(p.Path, "customers.csv"))
			require.NoError(t, err)
			for i, want := range readCSV(t, source) {
				require.Equal(t, want["customer_id"], rows[i][f.IDs[0].Name])
				for _, cell := range [][3]string{{"segment", "segment", "text"}, {"tier", "tier", "text"}, {"tier_until", "until", "day"}, {"clv", "value", "number"}} {
					got, there := rows[i][cell[1]]
					same(t, s, want[cell[0]].(string), cell[2], got, there)
				}
			}
			again, _ := written(t, p, f)
			require.Equal(t, files, again)
		})
	}
}

// Changes that are sent leave each member with the tier of the night, sent once or twice.
func TestChangesMayBeSentTwice(t *testing.T) {
	p := shop(t)
	for _, s := range shapes.All {
		f := everything(s)
		files, _ := written(t, p, f)
		rows := read(t, s, files, "tiers")
		field, idField := "", f.IDs[0].Name
		for _, of := range s.Tiers {
			if of.Column == "to" {
				field = of.Name
			}
		}
		require.NotEmpty(t, field, s.Name)
		if s.EachChange {
			require.Len(t, rows, 151, s.Name)
		} else {
			require.Len(t, rows, 101, s.Name)
		}
		engine := map[any]any{}
		for range 2 {
			for _, r := range rows {
				engine[r[idField]] = r[field]
			}
		}
		require.Len(t, engine, 101)
		require.Contains(t, engine, "gone", "a member who is in no export any more leaves by our own id")
		for i := range 100 {
			if tier := tierOf(i); tier == "" {
				require.Empty(t, engine[id(i)], s.Name)
			} else {
				require.Equal(t, tier, engine[id(i)], s.Name)
			}
		}
	}
}

// Customers who may not be contacted are on no list.
func TestListsNameNobodyWhoMayNotBeContacted(t *testing.T) {
	p := shop(t)
	for _, s := range shapes.All {
		f := everything(s)
		files, _ := written(t, p, f)
		rows := read(t, s, files, "lists/email")
		require.Len(t, rows, customers*3/4, s.Name)
		for _, r := range rows {
			number, err := strconv.Atoi(strings.TrimPrefix(r[f.IDs[0].Name].(string), "c"))
			require.NoError(t, err)
			require.NotZero(t, number%4)
		}
	}
}

// An engine that knows customers by e-mail is given no row without one, and that is counted.
func TestCustomersWithoutTheIDAreCounted(t *testing.T) {
	s, _ := shapes.Named("klaviyo")
	f := everything(s)
	f.IDs = shapes.Fields{{Name: "email", Column: "mail"}}
	files, nameless := written(t, shop(t), f)
	require.Equal(t, []Nameless{
		{"feeds/klaviyo/profiles.jsonl", customers / 5},
		{"feeds/klaviyo/tiers.jsonl", 21}, // and the one who is gone
		{"feeds/klaviyo/lists/email.jsonl", customers * 3 / 4 / 5},
	}, nameless)
	text := string(files["feeds/klaviyo/tiers.jsonl"])
	require.NotRegexp(t, `"c\d+"`, text, "our own id is not sent")
	require.True(t, strings.HasPrefix(text, `{"data":{"type":"profile-bulk-import-job","attributes":{"profiles":{"data":[{"type":"profile","attributes":{"email":"c001@example.com","properties":{"tier":`))
}

// A request has no more bytes than the engine takes.
func TestRequestsKeepTheirSize(t *testing.T) {
	s, _ := shapes.Named("klaviyo")
	small := *s
	small.Batch.Bytes = 2000
	f := everything(&small)
	files, _ := written(t, shop(t), f)
	text := files["feeds/klaviyo/profiles.jsonl"]
	require.Greater(t, bytes.Count(text, []byte("\n")), 10)
	require.Len(t, readRequests(t, &small, text), customers)
}
