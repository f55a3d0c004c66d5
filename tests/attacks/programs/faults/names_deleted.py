# tries: delete every name of the notebook at its end
# expects: all as honest
# %% last
%reset -f
