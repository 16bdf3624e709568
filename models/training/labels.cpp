#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/labels.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace xgrad {
namespace {

/// "7" in an array of one axis, "(3, 0)" in one of more.
std::string index_text(std::size_t flat, const Extents& shape) {
  if (shape.size() <= 1) return std::to_string(flat);
  Extents index(shape.size());
  auto rest = static_cast<std::int64_t>(flat);
  for (std::size_t axis = shape.size(); axis-- > 0; rest /= shape[axis]) index[axis] = rest % shape[axis];
  return to_string(index);
}

}  // namespace

std::int64_t check_labels(std::string_view where, const ArrayRef& labels, std::optional<std::int64_t> classes) {
  const std::int64_t most = classes.value_or(std::numeric_limits<std::int32_t>::max());
  return visit(labels.dtype(), [&]<class T>() -> std::int64_t {
    const auto elements = labels.elements<T>();
    std::int64_t needed = 0;
    for (std::size_t index = 0; index < elements.size(); ++index) {
      const auto value = elements[index];
      const auto reject = [&](std::string_view fault, std::string_view fix) {
        throw ValueError(
            fmt::format("{}: expected labels that are whole numbers from 0 to {}, but the one at index {} is {}, "
                        "which is {}; {}",
                        where, most - 1, index_text(index, labels.shape()), value, fault, fix));
      };
      if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(value)) reject("not a number", "look for gaps in the data");
        if (value != std::floor(value))
          reject("fractional", "labels are classes, not measurements; round them if they should be");
      }
      if constexpr (std::is_signed_v<T>) {
        if (value < 0) reject("negative", "count classes from 0, and take out samples without a class");
      }
      if (static_cast<double>(value) >= static_cast<double>(most)) {
        reject("too large",
               classes ? "raise the number of classes, or correct the label" : "renumber the classes from 0");
      }
      needed = std::max(needed, static_cast<std::int64_t>(value) + 1);
    }
    return needed;
  });
}

}  // namespace xgrad
