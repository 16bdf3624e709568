// Operators that move elements: where each element of the result comes from.

#include "reference.hpp"
#include <optional>

namespace xgrad::test {
namespace {

/// Where an element comes from; nothing where it is new.
using Source = std::function<std::optional<Extents>(const Extents& index)>;

Plain moved(const Plain& x, Extents shape, const Source& source, double otherwise = 0) {
  Plain result(std::move(shape), x.dtype);
  for_each_index(result.shape, [&](const Extents& index) {
    const auto from = source(index);
    result.values[position(result.shape, index)] = from ? x.values[position(x.shape, *from)] : otherwise;
  });
  return result;
}

std::size_t counted_from_front(std::int64_t axis, std::size_t rank) {
  return static_cast<std::size_t>(axis < 0 ? axis + static_cast<std::int64_t>(rank) : axis);
}

std::int64_t modulo(std::int64_t a, std::int64_t b) { return (a % b + b) % b; }

bool has(const Sample& sample, const std::string& name) { return sample.arguments.count(name) > 0; }

Plain slice(const Sample& sample, std::span<const Plain> x) {
  std::vector<Extents> taken;
  for (std::size_t axis = 0; axis < x[0].shape.size(); ++axis) {
    const auto name = "axis " + std::to_string(axis);
    const auto reversed = list_argument(sample, "reversed");
    taken.push_back(list_argument(sample, name));
    if (has(sample, name)) continue;
    for (std::int64_t i = 0; i < x[0].size(axis); ++i) taken.back().push_back(i);
    if (!reversed.empty() && reversed[0] == static_cast<std::int64_t>(axis)) {
      std::reverse(taken.back().begin(), taken.back().end());
    }
  }
  Extents shape;
  for (const auto& axis : taken) shape.push_back(static_cast<std::int64_t>(axis.size()));
  return moved(x[0], shape, [&](Extents index) {
    for (std::size_t axis = 0; axis < index.size(); ++axis)
      index[axis] = taken[axis][static_cast<std::size_t>(index[axis])];
    return index;
  });
}

Plain pad(const Sample& sample, std::span<const Plain> x) {
  const auto before = list_argument(sample, "before");
  const auto after = list_argument(sample, "after");
  const auto mode = argument(sample, "mode", 0);
  Extents shape = x[0].shape;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) shape[axis] += before[axis] + after[axis];
  const auto source = [&](Extents index) -> std::optional<Extents> {
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      auto& i = index[axis];
      const auto last = x[0].size(axis) - 1;
      i -= before[axis];
      if (mode == 0 && (i < 0 || i > last)) return std::nullopt;
      if (mode == 1) i = i < 0 ? 0 : i > last ? last : i;
      // Reflected at one end and the other until inside.
      while (mode == 2 && (i < 0 || i > last)) i = last == 0 ? 0 : i < 0 ? -i : 2 * last - i;
    }
    return index;
  };
  return moved(x[0], shape, source, argument(sample, "value", 0));
}

Plain concatenated(std::span<const Plain> x, std::size_t axis) {
  Extents shape = x[0].shape;
  shape[axis] = 0;
  for (const auto& part : x) shape[axis] += part.size(axis);
  Plain result(shape, x[0].dtype);
  std::int64_t start = 0;
  for (const auto& part : x) {
    for_each_index(part.shape, [&](Extents index) {
      const double value = part.values[position(part.shape, index)];
      index[axis] += start;
      // By hand: an axis of size 1 would be taken for a repeated one.
      std::size_t at = 0;
      for (std::size_t i = 0; i < index.size(); ++i) {
        at = at * static_cast<std::size_t>(shape[i]) + static_cast<std::size_t>(index[i]);
      }
      result.values[at] = value;
    });
    start += part.size(axis);
  }
  return result;
}

Plain concatenate(const Sample& sample, std::span<const Plain> x) {
  return concatenated(x, axis_argument(sample, x[0], 0));
}

Plain stack(const Sample& sample, std::span<const Plain> x) {
  std::vector<Plain> parts(x.begin(), x.end());
  const auto axis = counted_from_front(list_argument(sample, "axis")[0], x[0].shape.size() + 1);
  for (auto& part : parts) part.shape.insert(part.shape.begin() + static_cast<std::ptrdiff_t>(axis), 1);
  return concatenated(parts, axis);
}

Plain split(const Sample& sample, std::span<const Plain> x) {
  const auto axis = axis_argument(sample, x[0], 0);
  auto taken = list_argument(sample, "taken");
  if (has(sample, "sections")) {
    const auto size = x[0].size(axis) / list_argument(sample, "sections")[0];
    for (std::int64_t i = 0; i < size; ++i) taken.push_back(list_argument(sample, "part")[0] * size + i);
  }
  Extents shape = x[0].shape;
  shape[axis] = static_cast<std::int64_t>(taken.size());
  return moved(x[0], shape, [&](Extents index) {
    index[axis] = taken[static_cast<std::size_t>(index[axis])];
    return index;
  });
}

Plain expand_dims(const Sample& sample, std::span<const Plain> x) {
  const auto axes = list_argument(sample, "axes");
  Extents shape(x[0].shape.size() + axes.size(), 0);
  for (auto axis : axes) shape[counted_from_front(axis, shape.size())] = 1;
  std::size_t next = 0;
  for (auto& size : shape) {
    if (size == 0) size = x[0].size(next++);
  }
  return with_shape(x[0], shape);
}

Plain reordered(const Sample& sample, std::span<const Plain> x) {
  const auto order = list_argument(sample, "order");
  Extents shape;
  for (auto axis : order) shape.push_back(x[0].size(static_cast<std::size_t>(axis)));
  return moved(x[0], shape, [&](const Extents& index) {
    Extents from(index.size());
    for (std::size_t axis = 0; axis < order.size(); ++axis) from[static_cast<std::size_t>(order[axis])] = index[axis];
    return from;
  });
}

Plain flip(const Sample& sample, std::span<const Plain> x) {
  return moved(x[0], x[0].shape, [&](Extents index) {
    for (auto axis : list_argument(sample, "axes")) {
      const auto at = counted_from_front(axis, index.size());
      index[at] = x[0].size(at) - 1 - index[at];
    }
    return index;
  });
}

Plain rot90(const Sample& sample, std::span<const Plain> x) {
  const auto axes = list_argument(sample, "axes");
  Plain result = x[0];
  for (auto turns = modulo(list_argument(sample, "k")[0], 4); turns > 0; --turns) {
    const auto from = counted_from_front(axes[0], result.shape.size());
    const auto to = counted_from_front(axes[1], result.shape.size());
    Extents shape = result.shape;
    std::swap(shape[from], shape[to]);
    result = moved(result, shape, [&](const Extents& index) {
      Extents before = index;
      before[from] = index[to];
      before[to] = shape[from] - 1 - index[from];
      return before;
    });
  }
  return result;
}

Plain roll(const Sample& sample, std::span<const Plain> x) {
  const auto shifts = list_argument(sample, "shift");
  if (!has(sample, "axis") && !has(sample, "axes")) {
    Plain result = x[0];
    const auto count = static_cast<std::int64_t>(result.values.size());
    for (std::int64_t i = 0; i < count; ++i) {
      result.values[static_cast<std::size_t>(modulo(i + shifts[0], count))] = x[0].values[static_cast<std::size_t>(i)];
    }
    return result;
  }
  auto axes = list_argument(sample, "axes");
  if (has(sample, "axis")) axes = {static_cast<std::int64_t>(axis_argument(sample, x[0]))};
  return moved(x[0], x[0].shape, [&](Extents index) {
    for (std::size_t i = 0; i < axes.size(); ++i) {
      const auto axis = static_cast<std::size_t>(modulo(axes[i], static_cast<std::int64_t>(index.size())));
      index[axis] = modulo(index[axis] - shifts[i], x[0].size(axis));
    }
    return index;
  });
}

Plain tile(const Sample& sample, std::span<const Plain> x) {
  Extents counts = list_argument(sample, "counts");
  Extents shape = x[0].shape;
  while (counts.size() < shape.size()) counts.insert(counts.begin(), 1);
  while (shape.size() < counts.size()) shape.insert(shape.begin(), 1);
  const Extents once = shape;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) shape[axis] *= counts[axis];
  return moved(with_shape(x[0], once), shape, [&](Extents index) {
    for (std::size_t axis = 0; axis < index.size(); ++axis) index[axis] = modulo(index[axis], once[axis]);
    return index;
  });
}

Plain repeat(const Sample& sample, std::span<const Plain> inputs) {
  const Plain flat[] = {with_shape(inputs[0], {static_cast<std::int64_t>(inputs[0].values.size())})};
  const auto x = has(sample, "axis") ? inputs : flat;
  const auto axis = axis_argument(sample, x[0], 0);
  Extents counts = list_argument(sample, "counts");
  if (counts.empty()) counts.assign(static_cast<std::size_t>(x[0].size(axis)), list_argument(sample, "count")[0]);
  Extents sources;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::int64_t copy = 0; copy < counts[i]; ++copy) sources.push_back(static_cast<std::int64_t>(i));
  }
  Extents shape = x[0].shape;
  shape[axis] = static_cast<std::int64_t>(sources.size());
  return moved(x[0], shape, [&](Extents index) {
    index[axis] = sources[static_cast<std::size_t>(index[axis])];
    return index;
  });
}

Plain meshgrid(const Sample& sample, std::span<const Plain> x) {
  Extents shape;
  for (const auto& vector : x) shape.push_back(vector.size(0));
  if (argument(sample, "xy", 1) == 1 && shape.size() > 1) std::swap(shape[0], shape[1]);
  const auto axis = static_cast<std::size_t>(argument(sample, "axis", 0));
  return moved(x[static_cast<std::size_t>(argument(sample, "output", 0))], shape,
               [&](const Extents& index) { return Extents{index[axis]}; });
}

Plain diagonal_of(const Sample& sample, const Plain& x, std::size_t axis1, std::size_t axis2) {
  const auto offset = static_cast<std::int64_t>(argument(sample, "offset", 0));
  std::int64_t count = 0;
  for (std::int64_t row = 0; row < x.size(axis1); ++row) {
    const auto column = row + offset;
    if (column >= 0 && column < x.size(axis2)) ++count;
  }
  Extents shape;
  for (std::size_t axis = 0; axis < x.shape.size(); ++axis) {
    if (axis != axis1 && axis != axis2) shape.push_back(x.size(axis));
  }
  shape.push_back(count);
  return moved(x, shape, [&](const Extents& index) {
    Extents from;
    for (std::size_t axis = 0, next = 0; axis < x.shape.size(); ++axis) {
      from.push_back(axis == axis1   ? index.back() + (offset < 0 ? -offset : 0)
                     : axis == axis2 ? index.back() + (offset < 0 ? 0 : offset)
                                     : index[next++]);
    }
    return from;
  });
}

Plain diagonal(const Sample& sample, std::span<const Plain> x) {
  const auto axes = list_argument(sample, "axes");
  const auto rank = x[0].shape.size();
  return diagonal_of(sample, x[0], counted_from_front(axes[0], rank), counted_from_front(axes[1], rank));
}

Plain trace(const Sample& sample, std::span<const Plain> x) {
  const Plain elements = diagonal(sample, x);
  Plain result(Extents(elements.shape.begin(), elements.shape.end() - 1), elements.dtype);
  for_each_index(elements.shape, [&](const Extents& index) {
    const Extents row(index.begin(), index.end() - 1);
    result.values[position(result.shape, row)] += elements.values[position(elements.shape, index)];
  });
  return result;
}

Plain diag(const Sample& sample, std::span<const Plain> x) {
  if (has(sample, "gram")) {
    Plain result({x[0].size(1)}, x[0].dtype);
    for_each_index(x[0].shape, [&](const Extents& index) {
      const double value = x[0].values[position(x[0].shape, index)];
      result.values[static_cast<std::size_t>(index[1])] += value * value;
    });
    return result;
  }
  if (x[0].shape.size() == 2) return diagonal_of(sample, x[0], 0, 1);
  const auto offset = static_cast<std::int64_t>(argument(sample, "offset", 0));
  const auto size = x[0].size(0) + (offset < 0 ? -offset : offset);
  return moved(x[0], {size, size}, [&](const Extents& index) -> std::optional<Extents> {
    if (index[1] - index[0] != offset) return std::nullopt;
    return Extents{offset < 0 ? index[1] : index[0]};
  });
}

Plain triangle(const Plain& x, const std::function<bool(std::int64_t diagonal)>& keeps) {
  return moved(x, x.shape, [&](const Extents& index) {
    return keeps(index.back() - index[index.size() - 2]) ? std::optional(index) : std::nullopt;
  });
}

Plain tril(const Sample& sample, std::span<const Plain> x) {
  return triangle(x[0], [&](std::int64_t diagonal) { return diagonal <= argument(sample, "offset", 0); });
}

Plain triu(const Sample& sample, std::span<const Plain> x) {
  return triangle(x[0], [&](std::int64_t diagonal) { return diagonal >= argument(sample, "offset", 0); });
}

}  // namespace

References shape_references() {
  return {
      {"slice", slice},
      {"pad", pad},
      {"concatenate", concatenate},
      {"stack", stack},
      {"split", split},
      {"flip", flip},
      {"expand_dims", expand_dims},
      {"moveaxis", reordered},
      {"rot90", rot90},
      {"swapaxes", reordered},
      {"roll", roll},
      {"tile", tile},
      {"repeat", repeat},
      {"meshgrid", meshgrid},
      {"diagonal", diagonal},
      {"trace", trace},
      {"diag", diag},
      {"tril", tril},
      {"triu", triu},
  };
}

}  // namespace xgrad::test
