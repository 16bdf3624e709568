#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/diag.hpp>
#include <xgrad/ops/einsum.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string>

namespace xgrad {
namespace {

/// One label for each axis. Letters are themselves; axes of "..." are negative numbers, -1 for the last of them.
using Labels = std::vector<int>;

bool contains(const Labels& labels, int label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// What was written for one operand or the result: letters, and 0 where "..." stands.
Labels parse_term(std::string_view subscripts, std::string_view term) {
  const auto reject = [&](std::string_view what) {
    throw ValueError(
        fmt::format("einsum: expected subscripts like \"bij,bjk->bik\" with letters, at most one ... for "
                    "each operand and at most one ->, but got \"{}\": {}",
                    subscripts, what));
  };
  Labels result;
  for (std::size_t i = 0; i < term.size(); ++i) {
    const char letter = term[i];
    if (letter == ' ') continue;
    if (term.substr(i, 3) == "...") {
      if (contains(result, 0)) reject("... stands twice in one operand");
      result.push_back(0);
      i += 2;
    } else if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) {
      result.push_back(letter);
    } else {
      reject(fmt::format("'{}' is no letter", letter));
    }
  }
  return result;
}

struct Subscripts {
  std::vector<Labels> operands;
  std::optional<Labels> result;
};

Subscripts parse(std::string_view subscripts) {
  Subscripts parsed;
  const auto arrow = subscripts.find("->");
  if (arrow != std::string_view::npos) parsed.result = parse_term(subscripts, subscripts.substr(arrow + 2));
  auto rest = subscripts.substr(0, arrow);
  for (;;) {
    const auto comma = rest.find(',');
    parsed.operands.push_back(parse_term(subscripts, rest.substr(0, comma)));
    if (comma == std::string_view::npos) return parsed;
    rest.remove_prefix(comma + 1);
  }
}

/// Puts `count` labels of their own in the place of "...".
void expand_dots(Labels& labels, std::size_t count) {
  const auto dots = std::find(labels.begin(), labels.end(), 0);
  if (dots == labels.end()) return;
  Labels axes(count);
  std::iota(axes.begin(), axes.end(), -static_cast<int>(count));
  labels.insert(labels.erase(dots), axes.begin(), axes.end());
}

/// A tensor with a label for each axis, none of them twice.
struct Labelled {
  Tensor x;
  Labels labels;

  /// The axes of these labels, in their order.
  std::vector<std::int64_t> axes(const Labels& wanted) const {
    std::vector<std::int64_t> result;
    for (int label : wanted) result.push_back(std::find(labels.begin(), labels.end(), label) - labels.begin());
    return result;
  }
  std::vector<Dim> sizes(const Labels& wanted) const {
    std::vector<Dim> result;
    for (auto axis : axes(wanted)) result.push_back(x.shape()[static_cast<std::size_t>(axis)]);
    return result;
  }
  /// Those labels that `keep` says yes to.
  template <class Keep>
  Labels those(Keep keep) const {
    Labels result;
    std::copy_if(labels.begin(), labels.end(), std::back_inserter(result), keep);
    return result;
  }
  /// Without the axes of these labels: summed, or dropped where their sizes are 1.
  Labelled without(const Labels& dropped, Tensor (*reduce)(const Tensor&, const Axes&)) const {
    if (dropped.empty()) return *this;
    return {reduce(x, Axes(axes(dropped))), those([&](int label) { return !contains(dropped, label); })};
  }
};

Tensor sum_axes(const Tensor& x, const Axes& axes) { return sum(x, axes); }

/// An operand with the diagonal of every letter that stands twice.
Labelled take_diagonals(std::string_view subscripts, Labelled operand) {
  auto& labels = operand.labels;
  for (std::size_t i = 0; i < labels.size();) {
    const auto again = std::find(labels.begin() + static_cast<std::ptrdiff_t>(i) + 1, labels.end(), labels[i]);
    if (again == labels.end()) {
      ++i;
      continue;
    }
    const auto j = static_cast<std::size_t>(again - labels.begin());
    const auto& shape = operand.x.shape();
    if (!(shape[i] == shape[j]) || !shape[i].is_known()) {
      throw ShapeError(
          fmt::format("einsum: \"{}\" takes a diagonal of axes of sizes {} and {}; expected them to be one "
                      "number",
                      subscripts, shape[i].to_string(), shape[j].to_string()));
    }
    operand.x = diagonal(operand.x, 0, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j));
    const int label = labels[i];
    labels.erase(again);
    labels.erase(labels.begin() + static_cast<std::ptrdiff_t>(i));
    labels.push_back(label);
  }
  return operand;
}

std::vector<Dim> joined(std::vector<Dim> first, const std::vector<Dim>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// The product of two operands, summed over the labels of both that are not in `kept`.
Labelled multiply_operands(const Labelled& left, const Labelled& right, const Labels& kept) {
  const auto shared = left.those([&](int label) { return contains(right.labels, label); });
  Labels stacked, summed;
  for (int label : shared) (contains(kept, label) ? stacked : summed).push_back(label);
  const auto rows = left.those([&](int label) { return !contains(shared, label); });
  const auto columns = right.those([&](int label) { return !contains(shared, label); });
  const auto concatenated = [](Labels a, const Labels& b, const Labels& c) {
    a.insert(a.end(), b.begin(), b.end());
    a.insert(a.end(), c.begin(), c.end());
    return a;
  };
  const auto a = transpose(left.x, left.axes(concatenated(stacked, rows, summed)));
  const auto b = transpose(right.x, right.axes(concatenated(stacked, summed, columns)));
  const auto dims = left.sizes(stacked);
  const auto result_dims = joined(joined(dims, left.sizes(rows)), right.sizes(columns));
  std::vector<Dim> leading;
  if (!stacked.empty()) leading.push_back(Shape(dims).size());
  const Dim height = Shape(left.sizes(rows)).size(), depth = Shape(left.sizes(summed)).size(),
            width = Shape(right.sizes(columns)).size();
  const auto x = reshape(a, Shape(joined(leading, {height, depth})));
  const auto y = reshape(b, Shape(joined(leading, {depth, width})));
  return {reshape(summed.empty() ? x * y : matmul(x, y), Shape(result_dims)), concatenated(stacked, rows, columns)};
}

/// Operands without axes of size 1 that broadcast. Checks that all axes of a label have one size.
void match_sizes(std::string_view subscripts, std::vector<Labelled>& operands) {
  std::map<int, Dim> sizes;
  for (const auto& operand : operands) {
    for (std::size_t axis = 0; axis < operand.labels.size(); ++axis) {
      const Dim size = operand.x.shape()[axis];
      const auto [known, is_new] = sizes.emplace(operand.labels[axis], size);
      if (is_new || size.is_one() || known->second == size) continue;
      if (!known->second.is_one()) {
        throw ShapeError(fmt::format("einsum: \"{}\" meets sizes {} and {} for {}; expected one size, or 1", subscripts,
                                     known->second.to_string(), size.to_string(),
                                     known->first < 0 ? fmt::format("axis {} of ...", known->first)
                                                      : fmt::format("'{}'", static_cast<char>(known->first))));
      }
      known->second = size;
    }
  }
  for (auto& operand : operands) {
    const auto repeated =
        operand.those([&](int label) { return operand.sizes({label}).front().is_one() && !sizes.at(label).is_one(); });
    operand = operand.without(repeated, [](const Tensor& x, const Axes& axes) { return squeeze(x, axes); });
  }
}

Labels implicit_result(const std::vector<Labels>& operands) {
  std::map<int, int> counts;  // sorted: axes of "..." first, then capital letters, then small ones
  for (const auto& labels : operands) {
    for (int label : labels) ++counts[label];
  }
  Labels result;
  for (const auto& [label, count] : counts) {
    if (label < 0 || count == 1) result.push_back(label);
  }
  return result;
}

void check_operands(std::string_view subscripts, const Subscripts& parsed, const std::vector<Tensor>& operands) {
  if (parsed.operands.size() != operands.size()) {
    throw ValueError(fmt::format("einsum: expected as many operands as \"{}\" names, {}, but got {}", subscripts,
                                 parsed.operands.size(), operands.size()));
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    expect_floating("einsum", operands[i].dtype());
    if (operands[i].dtype() != operands[0].dtype()) {
      throw DTypeError(fmt::format("einsum: expected operands of one dtype, but got {} and {}; cast one of them",
                                   to_string(operands[0].dtype()), to_string(operands[i].dtype())));
    }
    const bool has_dots = contains(parsed.operands[i], 0);
    const auto letters = parsed.operands[i].size() - (has_dots ? 1 : 0);
    if (has_dots ? operands[i].rank() < letters : operands[i].rank() != letters) {
      throw ShapeError(fmt::format("einsum: \"{}\" has {} letters{} for operand {}, which has shape {}", subscripts,
                                   letters, has_dots ? " and ..." : "", i, operands[i].shape().to_string()));
    }
  }
}

void check_result(std::string_view subscripts, const Labels& result, const std::vector<Labels>& operands) {
  for (int label : result) {
    const bool is_known =
        std::any_of(operands.begin(), operands.end(), [&](const Labels& labels) { return contains(labels, label); });
    if (!is_known || std::count(result.begin(), result.end(), label) > 1) {
      throw ValueError(fmt::format("einsum: '{}' of the result of \"{}\" {}", static_cast<char>(label), subscripts,
                                   is_known ? "stands there twice" : "is in no operand"));
    }
  }
}

}  // namespace

Tensor einsum(std::string_view subscripts, const std::vector<Tensor>& tensors) {
  auto parsed = parse(subscripts);
  check_operands(subscripts, parsed, tensors);
  std::size_t most_dots = 0;
  std::vector<Labelled> operands;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    auto& labels = parsed.operands[i];
    if (contains(labels, 0)) {
      const auto dots = tensors[i].rank() + 1 - labels.size();
      most_dots = std::max(most_dots, dots);
      expand_dots(labels, dots);
    }
    operands.push_back(take_diagonals(subscripts, {tensors[i], labels}));
  }
  if (parsed.result) expand_dots(*parsed.result, most_dots);
  const auto result = parsed.result ? *parsed.result : implicit_result(parsed.operands);
  check_result(subscripts, result, parsed.operands);
  match_sizes(subscripts, operands);

  const auto is_needed = [&](int label, std::size_t next) {
    return contains(result, label) || std::any_of(operands.begin() + static_cast<std::ptrdiff_t>(next), operands.end(),
                                                  [&](const Labelled& x) { return contains(x.labels, label); });
  };
  // Sums what no other operand has, so that products have less to do.
  const auto summed = [&](const Labelled& operand, const Labels& others, std::size_t next) {
    return operand.without(
        operand.those([&](int label) { return !contains(others, label) && !is_needed(label, next); }), sum_axes);
  };
  auto product = operands[0];
  for (std::size_t next = 1; next < operands.size(); ++next) {
    const auto left = summed(product, operands[next].labels, next + 1);
    const auto right = summed(operands[next], left.labels, next + 1);
    Labels kept;
    for (int label : left.labels) {
      if (is_needed(label, next + 1)) kept.push_back(label);
    }
    product = multiply_operands(left, right, kept);
  }
  product = summed(product, {}, operands.size());
  return transpose(product.x, product.axes(result));
}

static const Register registered_einsum{{
    .name = "einsum",
    .family = OperatorFamily::linear_algebra,
    .signature = "einsum(subscripts, operands)",
    .summary = "Sums of products of elements, written with one letter for each axis.",
    .formula = "\"ij,jk->ik\": result[i, k] = sum over j of operands[0][i, j] * operands[1][j, k]",
    .gradient = "einsum of c and the other operands with the operand's letters as result",
    .shapes = "as the letters say",
    .samples =
        [] {
          std::vector<Sample> samples;
          // The labels of the operands and of the result, as numbers, are for references.
          const auto add = [&](std::string subscripts, std::vector<Extents> shapes,
                               std::vector<std::vector<double>> labels) {
            Sample sample{subscripts, {}, [=](auto x) { return einsum(subscripts, {x.begin(), x.end()}); }};
            for (std::size_t i = 0; i < shapes.size(); ++i) {
              sample.inputs.push_back(sample_values(shapes[i], -2, 2, static_cast<int>(i)));
              sample.arguments[fmt::format("labels{}", i)] = labels[i];
            }
            sample.arguments["result"] = labels.back();
            samples.push_back(std::move(sample));
          };
          add("ij,jk->ik", {{2, 3}, {3, 2}}, {{0, 1}, {1, 2}, {0, 2}});
          add("ij,jk", {{4, 3}, {3, 2}}, {{0, 1}, {1, 2}, {0, 2}});
          add("ba", {{2, 3}}, {{1, 0}, {0, 1}});
          add("bij , bjk -> bki", {{2, 2, 3}, {2, 3, 2}}, {{0, 1, 2}, {0, 2, 3}, {0, 3, 1}});
          add("i,i->", {{3}, {3}}, {{0}, {0}, {}});
          add("i,j->ji", {{2}, {3}}, {{0}, {1}, {1, 0}});
          add("ij,ij->ij", {{2, 3}, {2, 3}}, {{0, 1}, {0, 1}, {0, 1}});
          add("ij->", {{2, 3}}, {{0, 1}, {}});
          add("ii", {{3, 3}}, {{0, 0}, {}});
          add("iij->ji", {{2, 2, 3}}, {{0, 0, 1}, {1, 0}});
          add("iii->i", {{2, 2, 2}}, {{0, 0, 0}, {0}});
          add("ij,kl->i", {{2, 3}, {4, 2}}, {{0, 1}, {2, 3}, {0}});
          add("ij,jk,kl->il", {{2, 3}, {3, 2}, {2, 2}}, {{0, 1}, {1, 2}, {2, 3}, {0, 3}});
          add("bi,ij,bj->b", {{2, 3}, {3, 2}, {2, 2}}, {{0, 1}, {1, 2}, {0, 2}, {0}});
          add("i,i,i,i->i", {{3}, {3}, {3}, {3}}, {{0}, {0}, {0}, {0}, {0}});
          add("...ij,...jk->...ik", {{2, 1, 2, 2}, {3, 2, 1}}, {{0, 1, 2, 3}, {1, 3, 4}, {0, 1, 2, 4}});
          add("i...,i...", {{2, 3}, {2, 3}}, {{0, 1}, {0, 1}, {1}});
          add("...i->i", {{2, 2, 3}}, {{0, 1, 2}, {2}});
          add("a,ab->ab", {{1}, {3, 2}}, {{0}, {0, 1}, {0, 1}});
          add(",ij->ji", {{}, {2, 3}}, {{}, {0, 1}, {1, 0}});
          add("i,ij", {{0}, {0, 3}}, {{0}, {0, 1}, {1}});
          add("ki,jk", {{3, 0}, {2, 3}}, {{0, 1}, {2, 0}, {1, 2}});
          add("ij->ji", {{1, 1}}, {{0, 1}, {1, 0}});
          return samples;
        },
    .rejections =
        [] {
          const auto rejection = [](std::string label, std::string subscripts, std::vector<Tensor> operands,
                                    std::string message) {
            return Rejection{std::move(label), [=] { einsum(subscripts, operands); }, "einsum: " + message};
          };
          const auto x = input({batch, 3});
          return std::vector<Rejection>{
              rejection("another sign", "i1,ij", {x, x}, "expected subscripts like \"bij,bjk->bik\""),
              rejection("dots twice", "...i...", {x}, "expected subscripts like"),
              rejection("another number of operands", "ij,jk->ik", {x},
                        "expected as many operands as \"ij,jk->ik\" names, 2, but got 1"),
              rejection("another number of axes", "i,ij", {x, x},
                        "\"i,ij\" has 1 letters for operand 0, which has shape (batch, 3)"),
              rejection("sizes that differ", "ij,jk", {x, input({4, 2})}, "\"ij,jk\" meets sizes 3 and 4 for 'j'"),
              rejection("dots that differ", "...i,...i", {input({2, 3}), input({4, 3})},
                        "\"...i,...i\" meets sizes 2 and 4 for axis -1 of ..."),
              rejection("a diagonal along a symbol", "ii", {x},
                        "\"ii\" takes a diagonal of axes of sizes batch and 3; expected them to be one number"),
              rejection("an unknown letter in the result", "ij->ik", {x}, "'k' of the result of \"ij->ik\" is in no"),
              rejection("a letter twice in the result", "ij->ii", {x}, "'i' of the result of \"ij->ii\" stands there"),
              rejection("integers", "ij", {input({2, 3}, {}, DType::int32)}, "expected float32 or float64"),
              rejection("mixed dtypes", "ij,ij", {input({2, 3}), input({2, 3}, {}, DType::float64)},
                        "expected operands of one dtype, but got float32 and float64"),
          };
        },
}};

}  // namespace xgrad
