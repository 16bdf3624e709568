#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/check_arrays.hpp>
#include <xgrad/models/training/labels.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace xgrad {
namespace {

/// One argument of fit, evaluate or predict.
struct Argument {
  std::string_view role;  ///< "input" or "target"
  std::string name;       ///< of the tensor it goes to
  Extents expected;       ///< of one sample
  std::string fix;        ///< when samples have the wrong shape
};

Extents sample_shape(const Shape& shape) { return Shape(std::vector<Dim>(shape.begin() + 1, shape.end())).extents(); }

/// A vector of numbers is a column.
Extents as_samples(Extents shape) {
  if (shape.size() == 1) shape.push_back(1);
  return shape;
}

/// "(samples, 784)".
std::string with_samples(const Extents& sample) {
  std::string text = "(samples";
  for (const auto size : sample) text += fmt::format(", {}", size);
  return text + (sample.empty() ? ",)" : ")");
}

std::string head(const Argument& argument) {
  return fmt::format("Error when checking {}: expected {} to have ", argument.role, argument.name);
}

void check_shape(const Argument& argument, const Extents& received) {
  if (received.size() != argument.expected.size() + 1) {
    throw ShapeError(fmt::format("{}{} dimensions, but got array with shape {}\n{}", head(argument),
                                 argument.expected.size() + 1, to_string(received), argument.fix));
  }
  const Extents sample(received.begin() + 1, received.end());
  if (sample != argument.expected) {
    throw ShapeError(fmt::format("{}shape {} but got array with shape {}\n{}", head(argument),
                                 to_string(argument.expected), to_string(sample), argument.fix));
  }
}

void expect_samples(const Argument& argument, const Extents& received) {
  if (received.empty() || received[0] > 0) return;
  throw ValueError(
      fmt::format("Error when checking {}: expected {} to have at least one sample, but got array with shape {}\n"
                  "The array is empty: look at how the data was loaded or sliced.",
                  argument.role, argument.name, to_string(received)));
}

std::string input_fix(const Extents& expected, const Extents& given, const Extents& received) {
  if (given == expected) {
    Extents wanted = expected;
    wanted.insert(wanted.begin(), 1);
    return fmt::format("This is one sample without an axis of samples: reshape the array to {}.", to_string(wanted));
  }
  const auto count = [](auto begin, auto end) {
    return std::accumulate(begin, end, std::int64_t{1}, std::multiplies<>());
  };
  if (received.size() > 1 && count(received.begin() + 1, received.end()) == count(expected.begin(), expected.end())) {
    Extents wanted = expected;
    wanted.insert(wanted.begin(), received[0]);
    return fmt::format("Each sample has as many elements as the model expects: reshape the array to {}.",
                       to_string(wanted));
  }
  return fmt::format("Give the model an array of shape {}, or build it with .input_shape of the samples there are.",
                     with_samples(expected));
}

std::string target_fix(const Loss& loss, const Extents& expected, const Extents& received) {
  const auto classes = expected.back();
  if (loss.target_kind() == TargetKind::labels) {
    return fmt::format(
        "{} takes the number of the class for each sample, not a row: use categorical_crossentropy for one-hot "
        "targets.",
        loss.name());
  }
  if (received.size() == 2 && received[1] == 1 && classes > 1) {
    return fmt::format(
        "If these are labels, make rows of them with to_categorical(labels, {}), or compile with the loss "
        "sparse_categorical_crossentropy.",
        classes);
  }
  if (expected.size() + 1 > received.size()) {
    return fmt::format(
        "The model gives {} for each sample, a row for each of several places: where one is meant, put a Flatten{{}} "
        "before the first Dense.",
        to_string(expected));
  }
  return fmt::format("Give {} targets of shape {}, one for each output of the model.", loss.name(),
                     with_samples(expected));
}

}  // namespace

void check_input(const ArrayRef& x, const Tensor& input) {
  const auto expected = sample_shape(input.shape());
  const auto received = as_samples(x.shape());
  const Argument argument{"input", input.name(), expected, input_fix(expected, x.shape(), received)};
  expect_samples(argument, x.shape());
  check_shape(argument, received);
}

void check_target(const ArrayRef& y, const Loss& loss, const Tensor& output, const std::string& layer) {
  auto expected = sample_shape(output.shape());
  if (expected.empty()) expected = {1};
  const auto classes = expected.back();
  if (loss.target_kind() == TargetKind::labels) expected.back() = 1;

  auto received = as_samples(y.shape());
  if (loss.target_kind() == TargetKind::labels && received.size() == expected.size()) received.push_back(1);
  const Argument argument{"target", layer, expected, target_fix(loss, expected, received)};
  expect_samples(argument, y.shape());
  check_shape(argument, received);
  if (loss.target_kind() == TargetKind::labels) check_labels(loss.name(), y, classes);
}

void check_batch_size(std::string_view method, std::int64_t batch_size) {
  if (batch_size >= 1) return;
  throw ValueError(fmt::format("Sequential::{}: expected a batch_size of 1 or more, but got {}; 32 is a usual one",
                               method, batch_size));
}

void check_sample_counts(const ArrayRef& x, const ArrayRef& y) {
  if (x.shape()[0] == y.shape()[0]) return;
  throw ValueError(
      fmt::format("Input arrays should have the same number of samples as target arrays. Found {} input samples and "
                  "{} target samples.\nCut both arrays to the samples that belong together.",
                  x.shape()[0], y.shape()[0]));
}

}  // namespace xgrad
