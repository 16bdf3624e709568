#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/operator_reference.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace xgrad {
namespace {

constexpr std::array<std::string_view, 10> family_titles = {"Unary",  "Activations", "Binary",         "Reductions",
                                                            "Shape",  "Indexing",    "Linear algebra", "Neural",
                                                            "Losses", "Random"};

/// As code: in a fence that the text does not hold.
std::string code(std::string_view text) {
  return text.find('`') == text.npos ? fmt::format("`{}`", text) : fmt::format("`` {} ``", text);
}

std::string number(double value) {
  if (std::isnan(value)) return "nan";
  return std::isinf(value) ? (value < 0 ? "-inf" : "inf") : fmt::format("{:.6g}", value);
}

/// The dtype of a sample's result when its floating-point inputs (its first, where it has none) are of `dtype`.
std::optional<DType> result_dtype(const Sample& sample, DType dtype) {
  const auto is_float = [](const Array& array) { return is_floating(array.dtype()); };
  const bool any_float = std::any_of(sample.inputs.begin(), sample.inputs.end(), is_float);
  std::vector<Tensor> inputs;
  for (const auto& array : sample.inputs) {
    const bool takes = any_float ? is_float(array) : inputs.empty();
    inputs.push_back(input(Shape(array.shape()), {}, takes ? dtype : array.dtype()));
  }
  try {
    return sample.build(inputs).dtype();
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string dtypes(const Sample& sample) {
  std::vector<std::string_view> accepted;
  std::vector<DType> results;
  for (std::size_t index = 0; index < dtype_count; ++index) {
    const auto dtype = static_cast<DType>(index);
    const auto result = result_dtype(sample, dtype);
    if (!result) continue;
    accepted.push_back(to_string(dtype));
    results.push_back(*result);
  }
  auto text = accepted.size() == dtype_count ? "all" : fmt::format("{}", fmt::join(accepted, ", "));
  // Of one dtype whatever goes in: indices and truths.
  const bool is_fixed = !results.empty() && !is_floating(results.front()) &&
                        std::count(results.begin(), results.end(), results.front()) == std::ssize(results);
  if (is_fixed) text += fmt::format("; the result is {}", to_string(results.front()));
  return text;
}

std::string message_of(const Rejection& rejection) {
  try {
    rejection.build();
  } catch (const Error& error) {
    return error.what();
  }
  return rejection.message;
}

/// Words in the braces of a shape, as in a program: "{{1, 2}, {3, 4}}".
std::string nested(std::span<const std::string> words, std::span<const std::int64_t> shape) {
  if (shape.empty()) return words.front();
  std::vector<std::string> parts;
  const auto inner = shape.subspan(1);
  const auto size = static_cast<std::size_t>(element_count(inner));
  for (std::size_t i = 0; i < static_cast<std::size_t>(shape[0]); ++i) {
    parts.push_back(nested(words.subspan(i * size, size), inner));
  }
  return fmt::format("{{{}}}", fmt::join(parts, ", "));
}

std::string nested(const Array& array) {
  const Array doubles = array.cast(DType::float64);
  std::vector<std::string> words;
  for (double value : doubles.data<double>()) {
    words.push_back(array.dtype() != DType::boolean ? number(value) : value != 0 ? "true" : "false");
  }
  return nested(words, array.shape());
}

/// One number, or a list in braces.
std::string listed(const std::vector<double>& values) {
  std::vector<std::string> words;
  std::transform(values.begin(), values.end(), std::back_inserter(words), number);
  return words.size() == 1 ? words[0] : fmt::format("{{{}}}", fmt::join(words, ", "));
}

std::string text(const OperatorEntry& entry, const SpecialCase& special) {
  std::vector<std::string> arguments;
  for (const auto& input : special.inputs) arguments.push_back(nested(input));
  const bool names_result = special.arguments.starts_with('.');
  if (!special.arguments.empty() && !names_result) arguments.push_back(special.arguments);
  const auto call =
      fmt::format("{}({}){}", entry.name, fmt::join(arguments, ", "), names_result ? special.arguments : "");
  auto result = fmt::format("{} is {}", code(call), listed(special.value));
  if (!special.gradient.empty()) result += fmt::format(", gradient {}", listed(special.gradient));
  return result;
}

std::string points(const OperatorEntry& entry) {
  std::vector<std::string> texts;
  for (const auto& point : entry.points) {
    std::vector<std::string> inputs;
    std::transform(point.inputs.begin(), point.inputs.end(), std::back_inserter(inputs), number);
    texts.push_back(fmt::format("{} is {}, slope {}", code(fmt::format("{}({})", entry.name, fmt::join(inputs, ", "))),
                                number(point.value), number(point.derivative)));
  }
  for (const auto& special : entry.cases ? entry.cases() : std::vector<SpecialCase>()) {
    texts.push_back(text(entry, special));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

void write_operator(std::ostream& page, const OperatorEntry& entry) {
  const auto line = [&](std::string_view what, const std::string& text) {
    if (!text.empty()) fmt::print(page, "- {}: {}\n", what, text);
  };
  const auto samples = entry.samples ? entry.samples() : std::vector<Sample>();
  const auto rejections = entry.rejections ? entry.rejections() : std::vector<Rejection>();
  fmt::print(page, "\n### {}\n\n{}: {}\n\n", entry.name, code(entry.signature), entry.summary);
  line("Value", code(entry.formula));
  line("Gradient", entry.gradient);
  line("Shapes", entry.shapes);
  if (!samples.empty()) line("Dtypes", dtypes(samples.front()));
  line("Special points", points(entry));
  if (entry.tolerance.relative != Tolerance().relative) {
    line("Tolerance", fmt::format("{:g}, {}", entry.tolerance.relative, entry.tolerance.reason));
  }
  if (rejections.empty()) return;
  fmt::print(page, "- Errors\n");
  for (const auto& rejection : rejections)
    fmt::print(page, "  - {}: {}\n", rejection.label, code(message_of(rejection)));
}

}  // namespace

void write_operator_reference(std::ostream& page, const std::vector<RegisteredOperator>& operators) {
  std::array<std::vector<const OperatorEntry*>, family_titles.size()> families;
  for (const auto& registered : operators) {
    families[static_cast<std::size_t>(registered.entry.family)].push_back(&registered.entry);
  }
  fmt::print(page, R"(# Operators

{} operators, made from their entries in the registry. `c` is the cotangent of the result: the derivative of the loss with
respect to it. Elementwise operators broadcast as NumPy does; a cotangent is summed back to the shape of its input. Rules are
graph, so that what has a gradient has those of every order and forward mode.

Special points are those that the tests hold. A slope is with respect to the first input, and a gradient that of the sum of the
result for it, or, of a loss, for what is compared with the target. For all operators, unless their special points say otherwise:

- NaN makes NaN of every result that depends on it, and of the slope there where that is not the same everywhere.
- At an infinity a result is the limit, or NaN where infinities meet on the way: inf - inf, inf / inf, 0 * inf.
- What is masked, dropped, padded, out of range or behind a length reaches neither results nor gradients, whatever it holds.
- Operators that move elements or choose some (Shape, Indexing) hand on NaN, infinities and -0 as they are.
- A denormal float32 or float64 may count as 0.
- Intermediate results have the dtype of the input: squares and products beyond its range are infinite, except in means,
  norms, variances and what is made of them.

)",
             operators.size());
  for (std::size_t family = 0; family < families.size(); ++family) {
    std::vector<std::string> links;
    for (const auto* entry : families[family]) links.push_back(fmt::format("[{0}](#{0})", entry->name));
    if (!links.empty()) fmt::print(page, "- **{}**: {}\n", family_titles[family], fmt::join(links, " · "));
  }
  for (std::size_t family = 0; family < families.size(); ++family) {
    if (families[family].empty()) continue;
    fmt::print(page, "\n## {}\n", family_titles[family]);
    for (const auto* entry : families[family]) write_operator(page, *entry);
  }
}

}  // namespace xgrad
