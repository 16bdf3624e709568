#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/labels.hpp>
#include <xgrad/models/training/to_categorical.hpp>

#include <fmt/format.h>

#include <utility>

namespace xgrad {

Array internal::to_categorical(const ArrayRef& labels, std::optional<std::int64_t> num_classes) {
  if (num_classes && *num_classes < 1) {
    throw ValueError(
        fmt::format("to_categorical: expected 1 class or more, but got {}; leave num_classes out to take it from "
                    "the labels",
                    *num_classes));
  }
  const auto needed = check_labels("to_categorical", labels, num_classes);
  const auto classes = num_classes.value_or(needed);

  Extents shape = labels.shape();
  if (shape.size() > 1 && shape.back() == 1) shape.pop_back();
  shape.push_back(classes);
  Array result = Array::zeros(DType::float32, std::move(shape));
  visit(labels.dtype(), [&]<class T>() {
    auto* row = result.data<float>().data();
    for (const auto label : labels.elements<T>()) {
      row[static_cast<std::size_t>(label)] = 1;
      row += classes;
    }
  });
  return result;
}

}  // namespace xgrad
