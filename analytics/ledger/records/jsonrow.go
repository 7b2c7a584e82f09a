package records

import (
	"fmt"

	"github.com/tidwall/gjson"
)

// jsonRow is a record and what it is an item of: the item itself, the record that lists
// it, and so on.
type jsonRow []gjson.Result

// unfold gives a row for each item of the lists in a record. A record without items is a
// row of its own, whose item is empty: its money must not be lost.
func unfold(row jsonRow, inner [][]string) ([]jsonRow, error) {
	if len(inner) == 0 {
		return []jsonRow{row}, nil
	}
	list, err := listIn(row[0], inner[0])
	if err != nil {
		return nil, err
	}
	items := []gjson.Result{{}}
	if found := list.Array(); list.IsArray() && len(found) > 0 {
		items = found
	}
	var all []jsonRow
	for _, item := range items {
		below, err := unfold(append(jsonRow{item}, row...), inner[1:])
		if err != nil {
			return nil, err
		}
		all = append(all, below...)
	}
	return all, nil
}

// listIn is the list to which names lead in an object. It may be missing.
func listIn(object gjson.Result, names []string) (gjson.Result, error) {
	for i, name := range names {
		value := memberOf(object, name)
		switch last := i == len(names)-1; {
		case !last && value.IsArray():
			return value, fmt.Errorf("%[1]q is a list here: write %[1]s[] in records", name)
		case last && value.Type != gjson.Null && !value.IsArray():
			return value, fmt.Errorf("%q is no list here, and records says that it is", name)
		}
		object = value
	}
	return object, nil
}

// memberOf is a member of an object, the last of its name.
func memberOf(object gjson.Result, name string) (found gjson.Result) {
	if !object.IsObject() {
		return found
	}
	object.ForEach(func(key, value gjson.Result) bool {
		if key.String() == name {
			found = value
		}
		return true
	})
	return found
}

// malformed tells whether an item is there and no object.
func (r jsonRow) malformed() bool { return r[0].Raw != "" && !r[0].IsObject() }

// text is the item as it stands in the file; of a record without items that of its own.
func (r jsonRow) text() []byte {
	for _, object := range r {
		if object.Raw != "" {
			return []byte(object.Raw)
		}
	}
	return nil
}
