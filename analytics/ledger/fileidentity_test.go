package ledger_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// exports of n rows in each format, under a name.
func (s *shop) writeExport(name string, n int) {
	s.t.Helper()
	switch filepath.Ext(name) {
	case ".parquet":
		s.copyTo("tmp", fmt.Sprintf("SELECT range AS id, DATE '2024-01-01' AS day, 1.5 AS amount FROM range(%d)", n), "FORMAT parquet, ROW_GROUP_SIZE 2048")
		s.rename("tmp", name)
	case ".jsonl":
		s.write(name, strings.Repeat(`{"id":"a","day":"2024-01-01","amount":1.5}`+"\n", n))
	default:
		s.write(name, "id,day,amount\n"+strings.Repeat("a,2024-01-01,1.5\n", n))
	}
}

// touches are ways in which somebody changes a file that is being read.
var touches = map[string]func(s *shop, name string){
	"replaced": func(s *shop, name string) {
		s.writeExport("other"+filepath.Ext(name), 40_000)
		s.rename("other"+filepath.Ext(name), name)
	},
	"appended to": func(s *shop, name string) {
		f, err := os.OpenFile(filepath.Join(s.dir, name), os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(s.t, err)
		_, err = f.WriteString("b,2024-01-01,1.5\n")
		require.NoError(s.t, err)
		require.NoError(s.t, f.Close())
	},
	"cut": func(s *shop, name string) { require.NoError(s.t, os.Truncate(filepath.Join(s.dir, name), 50)) },
	"written over in place, its time set back": func(s *shop, name string) {
		path := filepath.Join(s.dir, name)
		info, err := os.Stat(path)
		require.NoError(s.t, err)
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		require.NoError(s.t, err)
		_, err = f.WriteAt([]byte("9"), 20)
		require.NoError(s.t, err)
		require.NoError(s.t, f.Close())
		require.NoError(s.t, os.Chtimes(path, info.ModTime(), info.ModTime()))
	},
}

// A file that changes between the look at it and its end is not read as one and
// fingerprinted as the other.
func TestFilesThatChange(t *testing.T) {
	for _, name := range []string{"export.csv", "export.jsonl", "export.parquet"} {
		for how, touch := range touches {
			t.Run(name+" "+how, func(t *testing.T) {
				s := newShop(t)
				s.writeExport(name, 30_000)
				j := s.job(head + "sources:\n" + source(name))
				plan, err := s.prepare(j)
				require.NoError(t, err)
				time.Sleep(20 * time.Millisecond) // a file system's clock may tick every 10
				touch(s, name)
				err = plan.Load(t.Context(), j.AsOf.Day)
				var data *ledger.DataError
				require.ErrorAs(t, err, &data)
				require.Equal(t, name, data.Path)
			})
		}
	}
}

// The same while it is read: a run that ends well has read the bytes whose
// fingerprint it states, and all of their rows.
func TestFilesThatChangeWhileTheyAreRead(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	ended := 0
	for _, name := range []string{"export.csv", "export.parquet"} {
		for how, touch := range touches {
			for range 3 {
				s := newShop(t)
				s.writeExport(name, 60_000)
				before, err := os.ReadFile(filepath.Join(s.dir, name))
				require.NoError(t, err)
				j := s.job(head + "sources:\n" + source(name))
				plan, err := s.prepare(j)
				require.NoError(t, err)
				if how == "replaced" {
					s.writeExport("other"+filepath.Ext(name), 1)
				}
				touched := make(chan struct{})
				wait := time.Duration(random.IntN(60)) * time.Millisecond
				go func() {
					defer close(touched)
					time.Sleep(wait)
					touch(s, name)
				}()
				err = plan.Load(t.Context(), j.AsOf.Day)
				if err == nil {
					ended++
					sum := sha256.Sum256(before)
					require.Equal(t, hex.EncodeToString(sum[:]), plan.Inputs()[0].SHA256, how)
					require.Equal(t, int64(60_000), s.tally(plan).Total.Read.Rows)
				} else {
					require.ErrorAs(t, err, new(*ledger.DataError))
				}
				<-touched
			}
		}
	}
	t.Logf("%d of 24 runs ended before the file changed", ended)
}

// What is no file is refused at once.
func TestPipesAreRefused(t *testing.T) {
	for _, path := range []string{"export.csv", "in", "in/*.csv"} {
		s := newShop(t)
		s.write("in/.keep", "")
		file := "in/export.csv"
		if path == "export.csv" {
			file = path
		}
		require.NoError(t, syscall.Mkfifo(filepath.Join(s.dir, file), 0o600))
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := ledger.Prepare(ctx, openEngineFor(t), s.job(head+"sources:\n"+source(path)))
		require.ErrorContains(t, err, "not a regular file", path)
	}
}
