package analytics

import (
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/activity"
	"clientele/analytics/groups"
	"clientele/analytics/night"
	"clientele/analytics/publication/column"
)

// Who adds a stage is told here that its columns are written.
func TestColumnsOfEveryStageAreWritten(t *testing.T) {
	declared := map[column.Stage]bool{}
	for _, in := range [][]*column.Column{column.Customers, column.State} {
		for _, c := range in {
			declared[c.Stage] = true
		}
	}
	given := map[column.Stage]bool{}
	for _, c := range (&found{groups: &groups.Result{}}).columns() {
		require.False(t, given[c.stage], c.stage)
		given[c.stage] = true
	}
	require.Equal(t, declared, given)
}

// And that its files are.
func TestFilesOfEveryStageAreWritten(t *testing.T) {
	none := len((&found{groups: &groups.Result{}}).files()) // activity, evidence and groups among them, which always run
	all := reflect.TypeFor[found]()
	stages := 0
	for i := range all.NumField() {
		result := all.Field(i).Type
		if result.Kind() != reflect.Pointer || slices.Contains([]reflect.Type{reflect.TypeFor[groups.Result](), reflect.TypeFor[activity.Result]()}, result.Elem()) {
			continue
		}
		method, has := result.MethodByName("Files")
		if !has || method.Type.NumOut() != 1 || method.Type.Out(0) != reflect.TypeFor[[]night.File]() {
			continue
		}
		stages++
		f := &found{groups: &groups.Result{}}
		reflect.NewAt(result, reflect.ValueOf(f).Elem().Field(i).Addr().UnsafePointer()).Elem().Set(reflect.New(result.Elem()))
		require.Len(t, f.files(), none+1, all.Field(i).Name)
	}
	require.Positive(t, stages)
}
