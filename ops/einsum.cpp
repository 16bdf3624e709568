#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/einsum.hpp>
#include <xgrad/ops/einsum/einsum_expression.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/take.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

namespace xgrad {
namespace {

bool has(const Labels& labels, Label label) { return std::find(labels.begin(), labels.end(), label) != labels.end(); }

/// A tensor whose axes have names.
struct Term {
  Tensor x;
  Labels labels;

  std::size_t axis(Label label) const {
    return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
  }
  Dim size(Label label) const { return x.shape()[axis(label)]; }
};

/// x with its axes in the order of `labels`, which are all of its own.
Tensor ordered(const Term& term, const Labels& labels) {
  std::vector<std::int64_t> axes;
  for (auto label : labels) axes.push_back(static_cast<std::int64_t>(term.axis(label)));
  return transpose(term.x, axes);
}

Term without(const Term& term, const Labels& gone, bool add_up) {
  Labels rest;
  std::vector<std::int64_t> axes;
  for (auto label : term.labels) {
    if (has(gone, label)) {
      axes.push_back(static_cast<std::int64_t>(term.axis(label)));
    } else {
      rest.push_back(label);
    }
  }
  if (axes.empty()) return term;
  return {add_up ? sum(term.x, Axes(axes)) : squeeze(term.x, Axes(axes)), rest};
}

/// The elements where the first two axes of equal label have equal indices; the axis that stays is the last.
Term diagonal(const Term& term, Label label) {
  const auto first = term.axis(label);
  const auto second = static_cast<std::size_t>(
      std::find(term.labels.begin() + static_cast<std::ptrdiff_t>(first) + 1, term.labels.end(), label) -
      term.labels.begin());
  const auto& shape = term.x.shape();
  if (!shape[first].is_known() || !(shape[first] == shape[second])) {
    throw ShapeError(
        fmt::format("einsum: expected axes {} and {} of shape {}, of which a diagonal is taken, to have one known size",
                    first, second, shape.to_string()));
  }
  const auto size = shape[first].value();
  std::vector<std::int64_t> axes;
  Labels labels;
  std::vector<Dim> dims;
  for (std::size_t axis = 0; axis < term.labels.size(); ++axis) {
    if (axis == first || axis == second) continue;
    axes.push_back(static_cast<std::int64_t>(axis));
    labels.push_back(term.labels[axis]);
    dims.push_back(shape[axis]);
  }
  axes.insert(axes.end(), {static_cast<std::int64_t>(first), static_cast<std::int64_t>(second)});
  labels.push_back(label);
  dims.push_back(size * size);
  Array indices(DType::int64, {size});
  for (std::int64_t i = 0; i < size; ++i) indices.data<std::int64_t>()[static_cast<std::size_t>(i)] = i * (size + 1);
  return {take(reshape(transpose(term.x, axes), Shape(dims)), constant(indices), -1), labels};
}

/// Both as one term, summed over the labels of both that are not in `kept`.
Term contract(const Term& left, const Term& right, const Labels& kept) {
  Labels shared, summed, only_left, only_right;
  for (auto label : left.labels)
    (!has(right.labels, label) ? only_left : has(kept, label) ? shared : summed).push_back(label);
  for (auto label : right.labels) {
    if (!has(left.labels, label)) only_right.push_back(label);
  }
  const auto dims = [](const Term& term, const Labels& labels) {
    std::vector<Dim> result;
    for (auto label : labels) result.push_back(term.size(label));
    return result;
  };
  const auto joined = [](auto... parts) {
    auto result = std::get<0>(std::tie(parts...));
    result.clear();
    (result.insert(result.end(), parts.begin(), parts.end()), ...);
    return result;
  };
  const std::vector<Dim> leading = dims(left, shared);
  const auto labels = joined(shared, only_left, only_right);
  // Element by element where a product of matrices would be one of single numbers.
  if (summed.empty() || (only_left.empty() && only_right.empty() && !shared.empty())) {
    const auto order = joined(shared, summed, only_left);
    auto left_dims = dims(left, order);
    left_dims.insert(left_dims.end(), only_right.size(), Dim(1));
    auto right_dims = dims(right, joined(shared, summed));
    right_dims.insert(right_dims.end(), only_left.size(), Dim(1));
    const auto last = dims(right, only_right);
    right_dims.insert(right_dims.end(), last.begin(), last.end());
    const auto product = reshape(ordered(left, order), Shape(left_dims)) *
                         reshape(ordered(right, joined(shared, summed, only_right)), Shape(right_dims));
    return without({product, joined(order, only_right)}, summed, true);
  }
  const auto size = [&](const Term& term, const Labels& of) { return Shape(dims(term, of)).size(); };
  const Dim inner = size(left, summed);
  const std::vector<Dim> rows{size(left, only_left), inner};
  const std::vector<Dim> columns{inner, size(right, only_right)};
  const auto product =
      matmul(reshape(ordered(left, joined(shared, only_left, summed)), Shape(joined(leading, rows))),
             reshape(ordered(right, joined(shared, summed, only_right)), Shape(joined(leading, columns))));
  return {reshape(product, Shape(joined(leading, dims(left, only_left), dims(right, only_right)))), labels};
}

/// The term summed over the labels that are not in `kept`.
Term summed_to(const Term& term, const Labels& kept) {
  Labels gone;
  std::copy_if(term.labels.begin(), term.labels.end(), std::back_inserter(gone),
               [&](Label label) { return !has(kept, label); });
  return without(term, gone, true);
}

/// The labels of the result and of all terms but `left` and `right`: those that are still needed after these two.
Labels needed_besides(const std::vector<Term>& terms, const Labels& result, std::size_t left, std::size_t right) {
  Labels needed = result;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i != left && i != right) needed.insert(needed.end(), terms[i].labels.begin(), terms[i].labels.end());
  }
  return needed;
}

/// A guess where the size is a symbol: what is contracted first is decided before it has a value.
double estimated_size(const std::map<Label, Dim>& sizes, const Labels& labels) {
  constexpr double symbol = 100;
  double product = 1;
  for (auto label : labels) {
    const Dim size = sizes.at(label);
    product *= size.is_known() ? static_cast<double>(size.value()) : symbol;
  }
  return product;
}

/// The two terms whose contraction leaves the least behind, less what they take up themselves; of equal ones those that
/// need the fewest multiplications, and of these the first.
std::pair<std::size_t, std::size_t> next_pair(const std::vector<Term>& terms, const Labels& result,
                                              const std::map<Label, Dim>& sizes) {
  std::pair<std::size_t, std::size_t> best{0, 1};
  auto best_cost = std::pair(std::numeric_limits<double>::infinity(), 0.0);
  for (std::size_t left = 0; left < terms.size(); ++left) {
    for (std::size_t right = left + 1; right < terms.size(); ++right) {
      Labels all = terms[left].labels;
      std::copy_if(terms[right].labels.begin(), terms[right].labels.end(), std::back_inserter(all),
                   [&](Label label) { return !has(terms[left].labels, label); });
      const auto needed = needed_besides(terms, result, left, right);
      Labels rest;
      std::copy_if(all.begin(), all.end(), std::back_inserter(rest), [&](Label label) { return has(needed, label); });
      const auto cost = std::pair(estimated_size(sizes, rest) - estimated_size(sizes, terms[left].labels) -
                                      estimated_size(sizes, terms[right].labels),
                                  estimated_size(sizes, all));
      if (cost < best_cost) {
        best = {left, right};
        best_cost = cost;
      }
    }
  }
  return best;
}

}  // namespace

Tensor einsum(std::string_view expression, const std::vector<Tensor>& operands) {
  std::vector<Shape> shapes;
  for (const auto& x : operands) {
    if (x.dtype() != operands[0].dtype() || !is_floating(x.dtype())) {
      throw DTypeError(
          fmt::format("einsum: expected all operands to be float32 or all float64, but got {} and {}; cast one, for "
                      "example cast(x, DType::float32)",
                      to_string(operands[0].dtype()), to_string(x.dtype())));
    }
    shapes.push_back(x.shape());
  }
  const EinsumExpression labels(expression, shapes);
  std::vector<Term> terms;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    Term term{operands[i], labels.operands[i]};
    Labels repeated_ones;
    for (const auto& [label, size] : labels.sizes) {
      while (std::count(term.labels.begin(), term.labels.end(), label) > 1) term = diagonal(term, label);
      if (has(term.labels, label) && term.size(label).is_one() && !size.is_one()) repeated_ones.push_back(label);
    }
    terms.push_back(without(term, repeated_ones, false));
  }
  for (std::size_t i = 0; i < terms.size(); ++i) {
    terms[i] = summed_to(terms[i], needed_besides(terms, labels.result, i, i));
  }
  while (terms.size() > 1) {
    const auto [left, right] = next_pair(terms, labels.result, labels.sizes);
    terms[left] = contract(terms[left], terms[right], needed_besides(terms, labels.result, left, right));
    terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(right));
  }
  return ordered(terms[0], labels.result);
}

static const Register registered_einsum{{
    .name = "einsum",
    .family = OperatorFamily::linear_algebra,
    .signature = "einsum(expression, operands)",
    .summary = "Einstein's summation: products of operands, summed over the axes that the result does not name.",
    .formula = "\"ij,jk->ik\": result[i, k] = sum over j of left[i, j] * right[j, k]",
    .gradient = "for an operand, einsum of c and the other operands with its own labels as the result's",
    .shapes = "one letter for each axis of each operand; \"...\" for axes that broadcast",
}};

}  // namespace xgrad
