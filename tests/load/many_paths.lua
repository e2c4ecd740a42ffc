-- For wrk: asks for the paths in a file in turn, each time with another number behind it, so that no question is asked twice.
local paths, last, run = {}, 0, ""

function init(arguments)
    for line in io.lines(arguments[1]) do
        paths[#paths + 1] = line
    end
    run = arguments[2]
end

function request()
    last = last + 1
    return wrk.format("GET", paths[last % #paths + 1] .. "&run=" .. run .. "." .. last)
end
