#include <xgrad/framework/core/error.hpp>
#include <xgrad/ops/einsum/einsum_expression.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace xgrad {
namespace {

/// An axis that "..." stands for has this plus its position from the end as its label.
constexpr Label ellipsis = 256;

/// The labels of one operand or of the result, in which "..." stands for `hidden` axes.
Labels parse(std::string_view expression, std::string_view part, std::size_t hidden) {
  Labels labels;
  bool has_ellipsis = false;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto letter = part[i];
    if (letter == ' ') continue;
    if (part.substr(i, 3) == "..." && !has_ellipsis) {
      for (std::size_t back = hidden; back > 0; --back) labels.push_back(ellipsis + static_cast<Label>(back));
      has_ellipsis = true;
      i += 2;
    } else if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) {
      labels.push_back(letter);
    } else {
      throw ValueError(
          fmt::format("einsum: expected letters, and at most one '...' for each operand, but got '{}' in \"{}\"",
                      letter, expression));
    }
  }
  return labels;
}

std::size_t letter_count(std::string_view part) {
  return static_cast<std::size_t>(
      std::count_if(part.begin(), part.end(), [](char letter) { return letter != ' ' && letter != '.'; }));
}

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> parts;
  for (std::size_t comma; (comma = list.find(',')) != std::string_view::npos; list.remove_prefix(comma + 1)) {
    parts.push_back(list.substr(0, comma));
  }
  parts.push_back(list);
  return parts;
}

std::vector<Labels> operand_labels(std::string_view expression, const std::vector<std::string_view>& parts,
                                   std::span<const Shape> shapes) {
  if (parts.size() != shapes.size()) {
    throw ValueError(
        fmt::format("einsum: \"{}\" names {} operand(s), but got {}", expression, parts.size(), shapes.size()));
  }
  std::vector<Labels> operands;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto rank = shapes[i].rank();
    const bool is_open = parts[i].find("...") != std::string_view::npos;
    const auto letters = letter_count(parts[i]);
    operands.push_back(parse(expression, parts[i], is_open && rank > letters ? rank - letters : 0));
    if (operands.back().size() != rank) {
      throw ShapeError(fmt::format("einsum: \"{}\" names {} axes of operand {}, but its shape is {}", expression,
                                   operands.back().size(), i, shapes[i].to_string()));
    }
  }
  return operands;
}

/// The size of each label. Sizes of 1 broadcast.
std::map<Label, Dim> label_sizes(std::string_view expression, const std::vector<Labels>& operands,
                                 std::span<const Shape> shapes) {
  std::map<Label, Dim> sizes;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    for (std::size_t axis = 0; axis < operands[i].size(); ++axis) {
      const Dim size = shapes[i][axis];
      auto& known = sizes.try_emplace(operands[i][axis], size).first->second;
      if (known.is_one()) known = size;
      if (!size.is_one() && !(known == size)) {
        throw ShapeError(fmt::format("einsum: in \"{}\" one label has sizes {} and {}; they must be equal or 1",
                                     expression, known.to_string(), size.to_string()));
      }
    }
  }
  return sizes;
}

Labels result_labels(std::string_view expression, std::optional<std::string_view> result,
                     const std::vector<Labels>& operands) {
  std::map<Label, int> uses;
  std::size_t hidden = 0;
  for (const auto& operand : operands) {
    for (auto label : operand) {
      ++uses[label];
      if (label > ellipsis) hidden = std::max(hidden, static_cast<std::size_t>(label - ellipsis));
    }
  }
  auto labels = parse(expression, result.value_or(hidden > 0 ? "..." : ""), hidden);
  if (!result) {
    for (const auto& [label, times] : uses) {
      if (label < ellipsis && times == 1) labels.push_back(label);
    }
    return labels;
  }
  for (auto label : labels) {
    if (!uses.contains(label) || std::count(labels.begin(), labels.end(), label) != 1) {
      throw ValueError(
          fmt::format("einsum: the result of \"{}\" must name letters of the operands, each once; '{}' is not one",
                      expression, static_cast<char>(label)));
    }
  }
  return labels;
}

}  // namespace

EinsumExpression::EinsumExpression(std::string_view expression, std::span<const Shape> shapes) {
  const auto arrow = expression.find("->");
  const auto after = arrow == std::string_view::npos ? std::nullopt : std::optional(expression.substr(arrow + 2));
  operands = operand_labels(expression, split(expression.substr(0, arrow)), shapes);
  sizes = label_sizes(expression, operands, shapes);
  result = result_labels(expression, after, operands);
}

}  // namespace xgrad
